import { expect, test } from 'vitest';
import { type DataConfig, emptyDocument } from '../../../src/graph/document.ts';
import { defaultRecipe, type Recipe } from '../../../src/graph/recipe.ts';
import { settingsChange } from './settingsChange.ts';

const began: Recipe = { ...defaultRecipe, batchSize: 32, epochs: 10 };
const withRate = (learningRate: number): Recipe => ({ ...began, optimizer: { ...began.optimizer, learningRate } });
const rate = began.optimizer.learningRate;
const runChanges = [{ step: 5, learningRate: { from: rate, to: 0.02 } }];

test.each([
  ['nothing', began, [], null],
  ['the learning rate', withRate(0.01), [], { now: { learningRate: 0.01 }, later: false }],
  [
    'batch size and epochs',
    { ...began, batchSize: 64, epochs: 3 },
    [],
    { now: { batchSize: 64, epochs: 3 }, later: false },
  ],
  ['the learning rate of the run only', began, runChanges, null],
  ['the same learning rate in both', withRate(0.02), runChanges, null],
  [
    'the learning rate, different from the run',
    withRate(0.03),
    runChanges,
    { now: { learningRate: 0.03 }, later: false },
  ],
  ['the seed', { ...began, seed: 77 }, [], { now: {}, later: true }],
  ['the seed and the learning rate', { ...withRate(0.5), seed: 77 }, [], { now: { learningRate: 0.5 }, later: true }],
] as const)('asks about the right settings after a change of %s', (_, recipe, changes, expected) => {
  const { data } = emptyDocument;
  expect(settingsChange({ recipe: began, data }, changes, { recipe, data })).toEqual(expected);
});

test.each<[string, Partial<DataConfig>, boolean]>([
  ['transforms', { transforms: [{ type: 'RandomHorizontalFlip', p: 0.5 }] }, true],
  ['mixing', { mixing: { type: 'MixUp', alpha: 0.2 } }, true],
  ['the split', { split: { kind: 'folds', folds: 3, fold: 1, stratified: true } }, true],
  ['the dataset', { source: 'moons' }, true],
  ['what is known of the data', { sha256: 'f'.repeat(64) }, false],
  ['points of other data', { points: [[0, 0, 1]] }, false],
])('a change of %s during a run', (_, change, later) => {
  const { data } = emptyDocument;
  const found = settingsChange({ recipe: began, data }, [], { recipe: began, data: { ...data, ...change } });
  expect(found).toEqual(later ? { now: {}, later } : null);
});
