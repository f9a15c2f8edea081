import { expect, test } from 'vitest';
import { append, createSeries, LIMIT, smooth } from './series.ts';

const fill = (count: number) => {
  const series = createSeries();
  const steps = Int32Array.from({ length: count }, (_, i) => i + 1);
  append(
    series,
    steps,
    Float32Array.from(steps, (step) => 2 * step),
  );
  return series;
};

test('a short curve is kept as it is', () => {
  const series = fill(1000);
  expect(series.length).toBe(1000);
  expect([series.step[999], series.value[999]]).toEqual([1000, 2000]);
});

test('a long run is thinned: bounded, even, in the same place', () => {
  const series = fill(100_000);
  expect(series.length).toBeLessThanOrEqual(LIMIT);
  expect(series.length).toBeGreaterThan(LIMIT / 4);
  expect(series.step.length).toBe(LIMIT);
  for (let i = 0; i < series.length; i++) {
    expect(series.value[i]).toBeCloseTo(2 * (series.step[i] as number), 0);
    if (i > 0) expect((series.step[i] as number) - (series.step[i - 1] as number)).toBe(series.stride);
  }
});

test('smoothing starts at the first value and leaves a constant alone', () => {
  const series = createSeries();
  append(series, [1, 2, 3], [3, 3, 3]);
  expect([...smooth(series)].map((value) => Math.round(value * 1e5) / 1e5)).toEqual([3, 3, 3]);
});
