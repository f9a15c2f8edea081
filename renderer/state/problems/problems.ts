import type { Diagnostic } from '../../../src/graph/diagnostic.ts';
import type { NetworkDocument } from '../../../src/graph/document.ts';
import { isMistake } from '../../../src/plan/fixAll.ts';

const RANK = { error: 0, warning: 1, hint: 2 } as const;
export type Severity = keyof typeof RANK;

/** True for errors and warnings, false for hints. */
export const isProblem = ({ severity }: Diagnostic): boolean => severity !== 'hint';

/** Diagnostics of a network. An empty network has none, because nothing in it can be wrong yet. */
export const diagnosticsOf = (
  doc: Pick<NetworkDocument, 'nodes'>,
  diagnostics: readonly Diagnostic[],
): readonly Diagnostic[] => (doc.nodes.length === 0 ? [] : diagnostics);

/** The highest severity in a list; null for an empty list. */
export const worst = (diagnostics: readonly Diagnostic[]): Severity | null =>
  diagnostics.reduce<Severity | null>(
    (found, { severity }) => (found === null || RANK[severity] < RANK[found] ? severity : found),
    null,
  );

/** Number of problems with an unambiguous fix. */
export const fixable = (diagnostics: readonly Diagnostic[]): number => diagnostics.filter(isMistake).length;

/** Diagnostics by node, the most severe first; equally severe ones keep their order. */
export function byNode(diagnostics: readonly Diagnostic[]): [node: string | null, problems: readonly Diagnostic[]][] {
  const groups = new Map<string | null, Diagnostic[]>();
  for (const each of [...diagnostics].sort((a, b) => RANK[a.severity] - RANK[b.severity])) {
    const group = groups.get(each.node);
    if (group === undefined) groups.set(each.node, [each]);
    else group.push(each);
  }
  return [...groups];
}
