import { describe, expect, it, test } from 'vitest';
import {
  defaultClips,
  defaultOptimizers,
  defaultRecipe,
  defaultSchedules,
  type Recipe,
  recipeSchema,
} from './recipe.ts';

const changes: Partial<Recipe>[] = [
  ...Object.values(defaultOptimizers).map((optimizer) => ({ optimizer })),
  ...Object.values(defaultSchedules).map((schedule) => ({ schedule })),
  ...Object.values(defaultClips).map((clip) => ({ clip })),
  {
    groups: [
      { match: 'conv1/', learningRateScale: 0.1 },
      { match: 'fc', weightDecay: 0 },
    ],
    decayBiasAndNorm: false,
  },
];

describe('a recipe', () => {
  it.each(changes)('keeps %j unchanged', (change) => {
    const recipe = { ...defaultRecipe, ...change };
    expect(recipeSchema.parse(JSON.parse(JSON.stringify(recipe)))).toEqual(recipe);
  });

  it('of the first version is valid and stays unchanged', () => {
    const old = {
      optimizer: { kind: 'sgd', learningRate: 0.1, momentum: 0.9, weightDecay: 0, nesterov: true },
      batchSize: 32,
      epochs: 10,
      seed: 1,
    };
    expect(recipeSchema.parse(old)).toEqual(old);
  });
});

test.each<[string, object, string]>([
  ['an unknown optimizer', { optimizer: { ...defaultOptimizers.sgd, kind: 'lion' } }, 'optimizer.kind'],
  ['a beta of 1', { optimizer: { ...defaultOptimizers.adam, beta2: 1 } }, 'optimizer.beta2'],
  ['a setting left out', { optimizer: { ...defaultOptimizers.rmsprop, alpha: undefined } }, 'optimizer.alpha'],
  ['a factor that does not lower', { schedule: { ...defaultSchedules.plateau, factor: 1 } }, 'schedule.factor'],
  ['an unknown unit', { schedule: { ...defaultSchedules.cosine, unit: 'minute' } }, 'schedule.unit'],
  ['a group without a match', { groups: [{}] }, 'groups.0.match'],
  ['a norm of 0', { clip: { kind: 'norm', maxNorm: 0 } }, 'clip.maxNorm'],
])('rejects %s', (_, change, path) => {
  const { error } = recipeSchema.safeParse({ ...defaultRecipe, ...change });
  expect(error?.issues.map((issue) => issue.path.join('.'))).toEqual([path]);
});
