import { expect, test } from 'vitest';
import { defaultRecipe, type Recipe } from '../../../src/graph/recipe.ts';
import { settingsChange } from './settingsChange.ts';

const began: Recipe = { ...defaultRecipe, batchSize: 32, epochs: 10 };
const withRate = (learningRate: number): Recipe => ({ ...began, optimizer: { ...began.optimizer, learningRate } });
const rate = began.optimizer.learningRate;
const toldRun = [{ step: 5, learningRate: { from: rate, to: 0.02 } }];

test.each([
  ['nothing', began, [], null],
  ['the rate', withRate(0.01), [], { now: { learningRate: 0.01 }, later: false }],
  ['batch and epochs', { ...began, batchSize: 64, epochs: 3 }, [], { now: { batchSize: 64, epochs: 3 }, later: false }],
  ['the rate of the run alone', began, toldRun, null],
  ['the rate of both', withRate(0.02), toldRun, null],
  ['the rate to another than that of the run', withRate(0.03), toldRun, { now: { learningRate: 0.03 }, later: false }],
  ['the seed', { ...began, seed: 77 }, [], { now: {}, later: true }],
  ['the seed and the rate', { ...withRate(0.5), seed: 77 }, [], { now: { learningRate: 0.5 }, later: true }],
] as const)('a change of %s is asked about as it should be', (_, recipe, changes, expected) => {
  expect(settingsChange(began, changes, recipe)).toEqual(expected);
});
