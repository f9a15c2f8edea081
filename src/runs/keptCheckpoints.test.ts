import { describe, expect, it } from 'vitest';
import { checkpointLimit, isCheckpointDue, MOST_CHECKPOINTS, placeOf, surplusCheckpoints } from './keptCheckpoints.ts';

/** The checkpoints of a run that keeps those that are due, thinned as it goes. */
function keep(steps: number, planned: number, limit: number, dear: ReadonlySet<number> = new Set()): number[] {
  let kept: number[] = [];
  for (let step = 0; step <= steps; step++) {
    if (!isCheckpointDue(step, kept.at(-1) ?? null, planned, limit) && step !== steps && !dear.has(step)) continue;
    kept.push(step);
    const gone = new Set(surplusCheckpoints(kept, dear, limit));
    kept = kept.filter((one) => !gone.has(one));
  }
  return kept;
}

describe('kept checkpoints', () => {
  it('are limited by size, but at least two', () => {
    expect([1e5, 2 ** 24, 2 ** 30].map(checkpointLimit)).toEqual([MOST_CHECKPOINTS, 16, 2]);
  });

  it('are spread over the run, closer at its beginning', () => {
    const kept = keep(2500, 2500, 32);
    expect(kept.length).toBeGreaterThan(24);
    expect(kept.length).toBeLessThanOrEqual(32);
    expect([kept[0], kept.at(-1)]).toEqual([0, 2500]);
    expect(kept.filter((step) => step < 250).length).toBeGreaterThan(8);
    const gaps = kept.slice(1).map((step, i) => placeOf(step, 2500) - placeOf(kept[i] as number, 2500));
    expect(Math.max(...gaps)).toBeLessThan(3 / 32);
  });

  it('stay within the limit when a run takes forty times as many steps as planned', () => {
    const kept = keep(100_000, 2500, 32);
    expect(kept.length).toBeLessThanOrEqual(32);
    expect([kept[0], kept.at(-1)]).toEqual([0, 100_000]);
    expect(Math.max(...kept.slice(1).map((step, i) => step - (kept[i] as number)))).toBeLessThan(12_000);
  });

  it('keep the preferred checkpoints as long as there is room', () => {
    const dear = new Set([777, 1303]);
    expect(keep(2500, 2500, 16, dear)).toEqual(expect.arrayContaining([...dear]));
    expect(surplusCheckpoints([0, 1, 2, 3, 4], new Set([1, 2, 3]), 2).sort()).toEqual([1, 2, 3]);
  });
});
