import type { Diagnostic } from '../../../src/graph/diagnostic.ts';
import type { NetworkDocument } from '../../../src/graph/document.ts';
import { isMistake } from '../../../src/plan/fixAll.ts';

const RANK = { error: 0, warning: 1, hint: 2 } as const;
export type Severity = keyof typeof RANK;

/** Errors and warnings; hints do not count. */
export const isProblem = ({ severity }: Diagnostic): boolean => severity !== 'hint';

/** An empty network has no problems yet: nothing was drawn that could be wrong. */
export const diagnosticsOf = (
  doc: Pick<NetworkDocument, 'nodes'>,
  diagnostics: readonly Diagnostic[],
): readonly Diagnostic[] => (doc.nodes.length === 0 ? [] : diagnostics);

/** The gravest severity among them; null of none. */
export const worst = (diagnostics: readonly Diagnostic[]): Severity | null =>
  diagnostics.reduce<Severity | null>(
    (found, { severity }) => (found === null || RANK[severity] < RANK[found] ? severity : found),
    null,
  );

/** How many problems can be fixed without asking. */
export const fixable = (diagnostics: readonly Diagnostic[]): number => diagnostics.filter(isMistake).length;

/** Diagnostics by node, the worst first; what is equally bad keeps the order of the data. */
export function byNode(diagnostics: readonly Diagnostic[]): [node: string | null, problems: readonly Diagnostic[]][] {
  const groups = new Map<string | null, Diagnostic[]>();
  for (const each of [...diagnostics].sort((a, b) => RANK[a.severity] - RANK[b.severity])) {
    const group = groups.get(each.node);
    if (group === undefined) groups.set(each.node, [each]);
    else group.push(each);
  }
  return [...groups];
}
