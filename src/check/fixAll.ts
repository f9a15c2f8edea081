import type { Diagnostic, Fix } from '../graph/diagnostic.ts';
import type { NetworkDocument } from '../graph/document.ts';
import { applyEdits, type Edit } from '../graph/edits.ts';
import { createChecker } from './check.ts';
import type { CheckResult } from './checkedGraph.ts';

export interface Mended {
  /** In order; as one step they mend what could be mended. */
  readonly edits: readonly Edit[];
  readonly fixes: readonly Fix[];
  readonly after: CheckResult;
}

/** What tells one problem from another, whatever its words have become. */
const keyOf = ({ code, node, port }: Diagnostic): string => `${code}\n${node}\n${port}`;

const errors = ({ diagnostics }: CheckResult): number =>
  diagnostics.filter(({ severity }) => severity === 'error').length;

const MOST = 500;
/** Behind a problem that is mended up to two others may come to light. */
const NEW = 1;
/** Two fixes could bring each other's problem back. */
const TIMES = 2;

/**
 * The best fix of each problem, one after another, checked again in between: errors first, then warnings; hints are left.
 * A fix that leaves its problem or makes many others is passed over for the next best. `placed` gives the edits of
 * a fix with places on the canvas; `least` leaves what is less than an error alone.
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
      ({ severity, fixes: { length } }) => (severity === 'error' || severity === least) && length > 0,
    );
    const left = open.filter((each) => (times.get(keyOf(each)) ?? 0) < TIMES);
    const next = left.find(({ severity }) => severity === 'error') ?? left[0];
    if (next === undefined) break;
    const tried = next.fixes.map((fix) => {
      const all = placed(present, fix.edits);
      return { fix, all, document: applyEdits(present, all) };
    });
    const taken = tried.find(({ document }) => {
      const after = check(document);
      const stays = after.diagnostics.some((each) => keyOf(each) === keyOf(next));
      return !stays && errors(after) <= errors(result) + NEW;
    });
    times.set(keyOf(next), taken === undefined ? TIMES : (times.get(keyOf(next)) ?? 0) + 1);
    if (taken === undefined) continue;
    present = taken.document;
    result = check(present);
    edits.push(...taken.all);
    fixes.push(taken.fix);
  }
  return { edits, fixes, after: result };
}
