import { describe, expect, it } from 'vitest';
import { CURVE_LIMIT, Curves, curveColumns } from './curves.ts';

const row = (step: number) => ({
  step,
  loss: 2 * step,
  accuracy: Number.NaN,
  learningRate: 0.5,
  gradientNorm: -step,
  samplesPerSecond: 3,
});

function fill(count: number, into = new Curves(), from = 0): Curves {
  for (let step = from + 1; step <= from + count; step++) into.add(row(step));
  return into;
}

describe('curves', () => {
  it('keep all points of a short run', () => {
    const curves = fill(1000);
    expect([curves.length, curves.stride]).toEqual([1000, 1]);
    expect([curves.column('step')[999], curves.column('loss')[999]]).toEqual([1000, 2000]);
    expect(curves.column('accuracy').every(Number.isNaN)).toBe(true);
  });

  it('thin a long run to a bounded number of evenly spaced points', () => {
    const curves = fill(100_000);
    expect(curves.length).toBeLessThanOrEqual(CURVE_LIMIT);
    expect(curves.length).toBeGreaterThan(CURVE_LIMIT / 4);
    const [step, loss] = [curves.column('step'), curves.column('loss')];
    for (let i = 0; i < curves.length; i++) {
      expect(loss[i]).toBeCloseTo(2 * (step[i] as number), 0);
      if (i > 0) expect((step[i] as number) - (step[i - 1] as number)).toBe(curves.stride);
    }
  });

  it.each([7, CURVE_LIMIT, 20_001])('continue in the same way after they were stored at step %i', (at) => {
    const whole = fill(40_000);
    const resumed = fill(40_000 - at, Curves.fromArrays(fill(at).toArrays()), at);
    expect([resumed.length, resumed.stride]).toEqual([whole.length, whole.stride]);
    for (const name of curveColumns) expect(resumed.column(name)).toEqual(whole.column(name));
  });
});
