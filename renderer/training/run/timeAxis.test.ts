import { expect, test } from 'vitest';
import type { EpochRow } from '../../state/stores/runStore.ts';
import { type AxisRun, axisEnd, ticksOf } from './timeAxis.ts';

const rows = (epochs: number): EpochRow[] =>
  Array.from({ length: epochs }, (_, i) => {
    const metrics = { loss: 1, accuracy: 0.5 };
    return { epoch: i + 1, step: 100 * (i + 1), train: metrics, validation: metrics, seconds: 1 };
  });
const run = (state: AxisRun['state'], step: number, epochs: number): AxisRun => ({
  state,
  step,
  steps: 100 * epochs,
  history: rows(Math.floor(step / 100)),
  epochs,
});

test.each([
  ['before the first step', run('preparing', 0, 12), 12],
  ['in its first epoch', run('running', 20, 12), 1],
  ['at the end of an epoch', run('running', 100, 12), 2],
  ['that is paused', run('paused', 250, 12), 3],
  ['near its end', run('running', 1100, 12), 12],
  ['of many epochs', run('running', 3100, 300), 50],
  ['of many epochs, at a later step', run('running', 9000, 300), 100],
  ['that is done', run('done', 1200, 12), 12],
  ['that was stopped early', run('stopped', 1050, 300), 10.5],
  ['that failed at its start', run('failed', 5, 10), 0.05],
])('the axis of a run %s ends at the right epoch', (_, of, end) => expect(axisEnd(of)).toBeCloseTo(end, 9));

test.each([
  [[0, 10], 6, [0, 2, 4, 6, 8, 10]],
  [[0, 10.5], 11, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]],
  [[2.03, 2.31], 4, [2.1, 2.2, 2.3]],
  [[0, 0.05], 5, [0, 0.01, 0.02, 0.03, 0.04, 0.05]],
  [[0, 1000], 4, [0, 500, 1000]],
] as const)('ticks from %j with room for %i are %j', (range, most, ticks) => {
  expect(ticksOf(range, most)).toEqual(ticks);
});
