import type { Diagnostic } from '../../src/graph/diagnostic.ts';

const RANK = { error: 0, warning: 1, hint: 2 } as const;

/** What counts as a problem: a hint does not. */
export const isProblem = ({ severity }: Diagnostic): boolean => severity !== 'hint';

/** How many problems have a fix. */
export const fixable = (diagnostics: readonly Diagnostic[]): number =>
  diagnostics.filter((each) => isProblem(each) && each.fixes.length > 0).length;

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
