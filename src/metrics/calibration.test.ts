import { describe, expect, it } from 'vitest';
import { random } from '../random/philox.ts';
import { calibrationOf } from './calibration.ts';
import { PredictionLog } from './predictionLog.ts';

describe('calibration', () => {
  it.each([
    // [confidences, right, bins, counts, ECE, gap]
    ['certain and right', [1, 1, 1], [1, 1, 1], 5, [0, 0, 0, 0, 3], 0, 0],
    ['certain and wrong', [1, 1], [0, 0], 5, [0, 0, 0, 0, 2], 1, 1],
    [
      'nine of ten at 90 %',
      Array(10).fill(0.9),
      [1, 1, 1, 1, 1, 1, 1, 1, 1, 0],
      10,
      [0, 0, 0, 0, 0, 0, 0, 0, 10, 0],
      0,
      0,
    ],
    ['a bound belongs to the bin below it', [0.2, 0.21], [0, 1], 5, [1, 1, 0, 0, 0], (0.2 + 0.79) / 2, -0.295],
    ['too little trust', [0.5, 0.5], [1, 1], 2, [2, 0], 0.5, -0.5],
    ['nothing', [], [], 2, [0, 0], 0, 0],
  ] as const)('%s', (_, confidence, right, bins, counts, ece, gap) => {
    const found = calibrationOf(confidence as readonly number[], (i) => right[i] === 1, bins);
    expect(found.bins.map(({ count }) => count)).toEqual(counts);
    expect(found.ece).toBeCloseTo(ece, 6);
    expect(found.gap).toBeCloseTo(gap, 6);
  });

  it('is near 0 if the confidences equal the accuracy', () => {
    const rng = random(3, 'calibration');
    const confidence = Float32Array.from({ length: 50_000 }, () => rng.uniform());
    const came = confidence.map((p) => Number(rng.uniform() < p));
    expect(calibrationOf(confidence, (i) => came[i] === 1).ece).toBeLessThan(0.02);
    const bolder = confidence.map((p) => Math.min(1, p + 0.2));
    expect(calibrationOf(bolder, (i) => came[i] === 1).gap).toBeGreaterThan(0.15);
  });
});

describe('single predictions', () => {
  it('of classes', () => {
    const log = new PredictionLog('class', 3, 1);
    log.addLogits([0, Math.log(3), 1000, 0], [1, 0], 2);
    log.addLogits([1000, 0], BigInt64Array.of(1n), 2);
    const { predicted, truth, probability, trueProbability, loss } = log.answers;
    expect([...predicted]).toEqual([1, 0, 0]);
    expect([...truth]).toEqual([1, 0, 1]);
    expect([...probability]).toEqual([expect.closeTo(0.75, 6), 1, 1]);
    expect([...trueProbability]).toEqual([expect.closeTo(0.75, 6), 1, 0]);
    expect([...loss]).toEqual([expect.closeTo(-Math.log(0.75), 6), 0, 1000]);
  });

  it('of binary outputs', () => {
    const log = new PredictionLog('binary', 3, 1);
    log.addBinary([Math.log(4), -1000, 0], [0, 1, 0]);
    const { predicted, probability, trueProbability, loss } = log.answers;
    expect([...predicted]).toEqual([1, 0, 0]);
    expect([...probability]).toEqual([expect.closeTo(0.8, 6), 1, 0.5]);
    expect([...trueProbability]).toEqual([expect.closeTo(0.2, 6), 0, 0.5]);
    expect([...loss]).toEqual([expect.closeTo(Math.log(5), 6), 1000, expect.closeTo(Math.log(2), 6)]);
  });

  it('of numbers', () => {
    const log = new PredictionLog('numbers', 2, 2);
    log.addNumbers([1, 2, 3, 4], [1, 0, 6, 4]);
    expect(log.answers).toMatchObject({ width: 2, loss: Float32Array.of(0, 4, 9, 0), probability: new Float32Array() });
  });
});
