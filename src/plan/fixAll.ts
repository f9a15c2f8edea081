import { createChecker } from '../check/check.ts';
import type { CheckResult } from '../check/checkedGraph.ts';
import type { Diagnostic, Fix } from '../graph/diagnostic.ts';
import type { NetworkDocument } from '../graph/document.ts';
import { applyEdits, type Edit } from '../graph/edits.ts';

export interface FixPlan {
  /** Edits in order, applied as one undo step. */
  readonly edits: readonly Edit[];
  readonly fixes: readonly Fix[];
  readonly after: CheckResult;
}

/** Identity of a problem, independent of its text. */
const keyOf = ({ code, node, port }: Diagnostic): string => `${code}\n${node}\n${port}`;

/** Problems whose fix depends on the purpose of the network, so the user has to choose. */
const CHOICES: ReadonlySet<string> = new Set(['data-missing']);

/** True for problems whose first fix can be applied without asking. */
export const isMistake = ({ code, severity, fixes }: Diagnostic): boolean =>
  severity !== 'hint' && fixes.length > 0 && !CHOICES.has(code);

const MOST = 500;
/** Max fixes per problem, because two fixes may cause each other's problem. */
const TIMES = 2;

/**
 * Applies the best fix of each problem, one after another, with a check after each: errors first, then warnings, no hints.
 * Check offers only fixes that help, so the number of problems never grows. `placed` adds positions on the canvas to the
 * edits of a fix; `least` is the lowest severity to fix.
 */
export function fixAll(
  doc: NetworkDocument,
  placed: (doc: NetworkDocument, edits: readonly Edit[]) => readonly Edit[] = (_, edits) => edits,
  least: 'error' | 'warning' = 'warning',
): FixPlan {
  const check = createChecker();
  const edits: Edit[] = [];
  const fixes: Fix[] = [];
  const times = new Map<string, number>();
  let present = doc;
  let result = check(present);
  for (let round = 0; round < MOST; round++) {
    const open = result.diagnostics.filter(
      (each) =>
        isMistake(each) &&
        (each.severity === 'error' || each.severity === least) &&
        (times.get(keyOf(each)) ?? 0) < TIMES,
    );
    const next = open.find(({ severity }) => severity === 'error') ?? open[0];
    const [fix] = next?.fixes ?? [];
    if (next === undefined || fix === undefined) break;
    times.set(keyOf(next), (times.get(keyOf(next)) ?? 0) + 1);
    const all = placed(present, fix.edits);
    present = applyEdits(present, all);
    result = check(present);
    edits.push(...all);
    fixes.push(fix);
  }
  return { edits, fixes, after: result };
}
