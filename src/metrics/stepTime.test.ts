import { expect, test } from 'vitest';
import { random } from '../random/philox.ts';
import { type MeasuredStep, type StepWork, stepTimeModel } from './stepTime.ts';

/** A computer with other ratios than a typical one: fast arithmetic, slow starts of ops. */
const machine = ({ macs, bytes, ops }: StepWork): number => 2e-8 * macs + 1.5e-7 * bytes + 0.02 * ops;
const works: readonly StepWork[] = [
  { macs: 13e6, bytes: 8e6, ops: 120 },
  { macs: 107e6, bytes: 60e6, ops: 120 },
  { macs: 2.5e6, bytes: 3e6, ops: 40 },
  { macs: 1.3e9, bytes: 400e6, ops: 900 },
  { macs: 8e9, bytes: 900e6, ops: 400 },
];
const measured: readonly MeasuredStep[] = works.map((work) => ({ ...work, ms: machine(work) }));

test('there is no estimate before the first measurement', () => {
  expect(stepTimeModel([])).toBeNull();
  expect(stepTimeModel([{ macs: 1, bytes: 1, ops: 1, ms: 0 }])).toBeNull();
});

test('one measurement is reproduced, and estimates scale with the work', () => {
  const [step] = measured as [MeasuredStep];
  const predict = stepTimeModel([step]);
  expect(predict?.(step)).toBeCloseTo(step.ms, 6);
  expect(predict?.({ macs: 2 * step.macs, bytes: 2 * step.bytes, ops: 2 * step.ops })).toBeCloseTo(2 * step.ms, 6);
});

test('several measurements determine the ratios of the computer', () => {
  const predict = stepTimeModel(measured);
  for (const work of works) expect(Math.abs((predict?.(work) ?? 0) / machine(work) - 1)).toBeLessThan(0.1);
  const other = { macs: 400e6, bytes: 200e6, ops: 300 };
  expect(Math.abs((predict?.(other) ?? 0) / machine(other) - 1)).toBeLessThan(0.2);
});

test('noisy and contradictory measurements do not lead to negative or infinite times', () => {
  const rng = random(3, 'noise');
  for (let run = 0; run < 50; run++) {
    const noisy = measured.map((step) => ({ ...step, ms: step.ms * (0.3 + 2 * rng.uniform()) }));
    for (const work of works) {
      const ms = stepTimeModel(noisy)?.(work) ?? Number.NaN;
      expect(ms).toBeGreaterThan(0);
      expect(ms).toBeLessThan(20 * machine(work));
    }
  }
});
