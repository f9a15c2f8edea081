import { expect, it } from 'vitest';
import { emptyDocument } from '../graph/document.ts';
import { defaultRecipe, defaultSchedules, type Recipe, type Schedule } from '../graph/recipe.ts';
import { highestRate, type ratesInForce, shareOfRate, withRatesOfRun } from './ratesInForce.ts';

const { warmupCosine, exponential, step, cosine, oneCycle, plateau } = defaultSchedules;

/** Ten epochs of 25 steps; the validation loss does not improve after the first. */
function run(schedule?: Schedule) {
  const recipe: Recipe = { ...defaultRecipe, epochs: 10, ...(schedule && { schedule }) };
  const metrics = { loss: 1, accuracy: 0.5 };
  const history = Array.from({ length: 10 }, (_, epoch) => ({ epoch, train: metrics, validation: metrics }));
  const done = { state: 'done', message: null, step: 250, history, curve: { step: [], loss: [] } };
  return { recipe, run: done, data: { train: 800 } } as unknown as Parameters<typeof ratesInForce>[0];
}

it.each<readonly [string, Schedule | undefined, from: number, to: number]>([
  ['none', undefined, 0.999, 1.001],
  ['a cosine', cosine, 0.45, 0.55],
  ['one cycle', oneCycle, 0.4, 0.6],
  ['step decay to a third', { ...step, stepSize: 4 }, 0.4, 0.5],
  ['a warmup longer than the run', { ...warmupCosine, warmupSteps: 10_000 }, 0.01, 0.03],
  ['an exponential decay of 0.01', { ...exponential, gamma: 0.01 }, 0.1, 0.11],
  ['a plateau without patience', { ...plateau, patience: 0, factor: 1e-6, eps: 0 }, 0.19, 0.21],
])('%s leaves the expected fraction of the learning rate', (_, schedule, from, to) => {
  const share = shareOfRate(run(schedule));
  expect(share).toBeGreaterThanOrEqual(from);
  expect(share).toBeLessThanOrEqual(to);
});

it('finds the highest learning rate of a schedule', () => {
  expect(highestRate(run({ ...exponential, gamma: 10 }))).toBeCloseTo(0.1 * 10 ** 9);
});

it('replays a schedule that depends on the validation loss', () => {
  const { recipe, run: done } = run({ ...plateau, patience: 2, factor: 0.5 });
  const { schedule } = withRatesOfRun({ ...emptyDocument, recipe }, done).recipe;
  expect(schedule).toEqual({ kind: 'multistep', unit: 'epoch', milestones: [4, 7], gamma: 0.5 });
});
