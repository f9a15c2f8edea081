import { emptyDocument, type NetworkDocument } from '../src/graph/document.ts';
import { defaultOptimizers, defaultRecipe, type Recipe } from '../src/graph/recipe.ts';

export type Settings = Pick<NetworkDocument, 'data' | 'recipe'>;

const settings = (source: string, recipe: Partial<Recipe>, validation = 0.2): Settings => ({
  data: { ...emptyDocument.data, source, validation },
  recipe: { ...defaultRecipe, ...recipe },
});

/** Plain SGD, as in “Dive into Deep Learning”. */
export const sgd = (
  source: string,
  learningRate: number,
  batchSize: number,
  epochs: number,
  {
    momentum = 0,
    weightDecay = 0,
    validation = 0.2,
  }: { momentum?: number; weightDecay?: number; validation?: number } = {},
): Settings =>
  settings(
    source,
    { optimizer: { ...defaultOptimizers.sgd, learningRate, momentum, weightDecay }, batchSize, epochs },
    validation,
  );

export const adam = (source: string, learningRate: number, batchSize: number, epochs: number): Settings =>
  settings(source, { optimizer: { ...defaultOptimizers.adam, learningRate }, batchSize, epochs });

/** The settings of He et al. 2015 on ImageNet, used for most networks since. */
export const imagenet = (): Settings => ({
  ...settings('imagenet', {
    optimizer: { ...defaultOptimizers.sgd, learningRate: 0.1, momentum: 0.9, weightDecay: 1e-4 },
    schedule: { kind: 'step', unit: 'epoch', stepSize: 30, gamma: 0.1 },
    batchSize: 32,
    epochs: 90,
  }),
});
