import { createChecker } from '../check/check.ts';
import type { CheckResult } from '../check/checkedGraph.ts';
import type { Diagnostic, Fix } from '../graph/diagnostic.ts';
import type { NetworkDocument } from '../graph/document.ts';
import { applyEdits, type Edit } from '../graph/edits.ts';

export interface Mended {
  /** In order; as one step they mend what could be mended. */
  readonly edits: readonly Edit[];
  readonly fixes: readonly Fix[];
  readonly after: CheckResult;
}

/** What tells one problem from another, whatever its words have become. */
const keyOf = ({ code, node, port }: Diagnostic): string => `${code}\n${node}\n${port}`;

/** Problems whose fix is a choice of the user's: what the network is for. */
const CHOICES: ReadonlySet<string> = new Set(['data-missing']);

/** A mistake whose fixes could be taken without asking. */
export const isMistake = ({ code, severity, fixes }: Diagnostic): boolean =>
  severity !== 'hint' && fixes.length > 0 && !CHOICES.has(code);

const MOST = 500;
/** Two fixes could bring each other's problem back. */
const TIMES = 2;

/**
 * The best fix of each problem, one after another, checked again in between: errors first, then warnings; hints are left.
 * Check offers only fixes that help, so none leaves more problems than there were. `placed` gives the edits of a fix with
 * places on the canvas; `least` leaves what is less than an error alone.
 */
export function fixAll(
  doc: NetworkDocument,
  placed: (doc: NetworkDocument, edits: readonly Edit[]) => readonly Edit[] = (_, edits) => edits,
  least: 'error' | 'warning' = 'warning',
): Mended {
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
