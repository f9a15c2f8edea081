import { describe, expect, it, test } from 'vitest';
import { CURVE_LIMIT, Curves } from '../../../src/runs/curves.ts';
import type { EpochRow } from '../../state/stores/runStore.ts';
import { chartData, type RunCurves, rangeOf, type View } from './chartData.ts';
import { bestBy, bestEpoch } from './curveMetrics.ts';
import { curvesCsv } from './curvesCsv.ts';
import { decimate } from './decimate.ts';
import { epochScale } from './epochScale.ts';
import { readoutAt } from './readout.ts';
import { smooth } from './smooth.ts';
import { panned, zoomed } from './zoom.ts';

const epoch = (number: number, step: number, accuracy: number, loss = 1): EpochRow => ({
  epoch: number,
  step,
  train: { loss, accuracy },
  validation: { loss, accuracy },
  seconds: 2,
});

/** Run whose loss decreases from 2, with a peak of 90 at `peak`. */
function runOf(steps: number, peak = -1): RunCurves {
  const curves = new Curves();
  for (let step = 1; step <= steps; step++) {
    const loss = step === peak ? 90 : 2 / (1 + step / steps);
    const unknown = { learningRate: 0.1, gradientNorm: Number.NaN, samplesPerSecond: 1000 };
    curves.add({ step, loss, accuracy: step / steps, ...unknown });
  }
  const history = [epoch(1, steps / 2, 0.8), epoch(2, steps, 0.9)];
  return { curves, history, changes: [], steps, epochs: 2 };
}
const view: View = { metric: 'loss', window: 25, shown: [0, 2], pixels: 300, log: false };

test('smoothing starts at the first value, keeps constants, and skips NaN', () => {
  const smoothed = smooth(Float32Array.of(3, Number.NaN, 3, 3), 25, 1);
  expect([...smoothed].map((value) => Math.round(value * 1e5) / 1e5)).toEqual([3, Number.NaN, 3, 3]);
  const values = Float32Array.of(1, 2);
  expect(smooth(values, 0, 1)).toBe(values);
});

describe('decimation', () => {
  const values = Float32Array.from({ length: 8000 }, (_, i) => Math.sin(i));
  values[4321] = 50;
  values[123] = Number.NaN;

  it('keeps the extremes of the points it drops, in order', () => {
    const chosen = decimate([values], 100, 8000, 200);
    expect(chosen.length).toBeLessThanOrEqual(2 * 200 + 2);
    expect(chosen).toContain(4321);
    expect([chosen[0], chosen.at(-1)]).toEqual([100, 7999]);
    expect(chosen.every((at, i) => i === 0 || at > (chosen[i - 1] as number))).toBe(true);
  });

  it('keeps a small number of points unchanged', () => expect(decimate([values], 5, 9, 200)).toEqual([5, 6, 7, 8]));
});

test.each([
  [0, 0],
  [100, 1],
  [150, 1.25],
  [300, 2],
  [600, 3.5],
])('with another batch size from the second epoch on, step %i is at epoch %f', (step, at) => {
  const scale = epochScale([epoch(1, 100, 0.5), epoch(2, 300, 0.5)], 700, 4);
  expect(scale.epochOf(step)).toBeCloseTo(at, 10);
  expect(scale.stepOf(at)).toBeCloseTo(step, 10);
});

describe('chart data', () => {
  it('has a limited size for a long run, with its peak and its epochs in place', () => {
    const run = runOf(100_000, 70_001);
    expect(run.curves.length).toBeGreaterThan(CURVE_LIMIT / 2);
    const [x, batches, , validation] = chartData(run, view);
    expect(x.length).toBeLessThan(4 * 300 + 5);
    expect(x.every((at, i) => i === 0 || at >= (x[i - 1] as number))).toBe(true);
    const peak = Math.max(...batches.map((value) => value ?? 0));
    expect(x[batches.indexOf(peak)]).toBeCloseTo(1.4, 2);
    expect(x.filter((_, i) => validation[i] !== null)).toEqual([1, 2]);
  });

  it('fits the visible range, and on a logarithmic axis omits values that are not positive', () => {
    const run = runOf(1000);
    const part: View = { ...view, metric: 'accuracy', window: 0, shown: [1.5, 2] };
    const [low, high] = rangeOf(chartData(run, part), part);
    expect([low, high].map((value) => Number(value.toFixed(2)))).toEqual([0.72, 1]);
    const log: View = { ...view, metric: 'gradientNorm', log: true };
    const [x, batches] = chartData(run, log);
    expect(batches.every((value) => value === null)).toBe(true);
    expect(rangeOf(chartData(run, log), log)).toEqual([0.01, 1]);
    expect(x.length).toBeGreaterThan(0);
  });
});

test('readout at the crosshair: the step and all known values', () => {
  const read = readoutAt(runOf(1000), 0.5, 0);
  expect(read).toMatchObject({ step: 250, epoch: 0.5 });
  expect(read?.values.map(({ metric }) => metric)).toEqual(['loss', 'accuracy', 'learningRate', 'samplesPerSecond']);
  expect(read?.values[1]).toMatchObject({ validation: 0.8 });
  expect(readoutAt({ ...runOf(2), curves: new Curves() }, 0.5, 0)).toBeNull();
});

test('the best epoch has the highest accuracy, and among equals the lowest loss', () => {
  expect(bestEpoch([epoch(1, 1, 0.8), epoch(2, 2, 0.9, 0.5), epoch(3, 3, 0.9, 0.4)])?.epoch).toBe(3);
  expect(bestEpoch([])).toBeNull();
  const parted = [epoch(1, 1, 0.8, 0.4), epoch(2, 2, 0.9, 0.5)];
  expect([bestBy(parted, 'loss')?.epoch, bestBy(parted, 'accuracy')?.epoch]).toEqual([1, 2]);
  expect(bestBy([{ ...epoch(1, 1, 0), validation: { loss: 1, accuracy: null } }], 'accuracy')).toBeNull();
});

test('zooming stays within the run and can return to the whole run', () => {
  expect(zoomed([0, 10], 5, 0.5, 10)).toEqual([2.5, 7.5]);
  expect(zoomed([0, 4], 0, 0.5, 10)).toEqual([0, 2]);
  expect(zoomed([2, 8], 5, 2, 10)).toBeNull();
  expect(panned([6, 9], 0.5, 10)).toEqual([7, 10]);
});

test('the CSV file has a line for every point and every epoch', () => {
  const lines = new TextDecoder()
    .decode(curvesCsv(runOf(4)))
    .trim()
    .split('\r\n');
  expect(lines).toHaveLength(1 + 4 + 2);
  expect(lines[0]).toBe(
    'kind,epoch,step,loss,accuracy,learningRate,gradientNorm,samplesPerSecond,validationLoss,validationAccuracy,seconds',
  );
  expect(lines[1]).toBe('step,0.5,1,1.6,0.25,0.1,,1000,,,');
  expect(lines.at(-1)).toBe('epoch,2,4,1,0.9,,,,1,0.9,2');
});
