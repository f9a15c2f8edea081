import { type OptimizerKind, optimizerTitles } from '../../src/graph/recipe.ts';
import { bool, choice, type Field, float, int } from '../../src/layers/config.ts';
import { same } from '../../src/text.ts';
import { textOf } from '../i18n/i18n.ts';

type Fields = Readonly<Record<string, Field>>;

const rate = (usual: number) =>
  float({
    label: textOf('recipe.learningRate'),
    default: usual,
    min: 1e-6,
    max: 100,
    step: usual >= 0.1 ? 0.01 : 0.001,
  });
const decay = float({ label: textOf('recipe.weightDecay'), default: 0, min: 0, max: 1, step: 0.0001 });
const momentum = float({ label: textOf('recipe.momentum'), default: 0, min: 0, max: 0.999, step: 0.1 });
const share = (key: 'recipe.beta1' | 'recipe.beta2' | 'recipe.alpha') =>
  float({ label: textOf(key), default: 0.9, min: 0, max: 0.9999, step: 0.001, advanced: true });
const eps = float({ label: textOf('recipe.eps'), default: 1e-8, min: 0, max: 1, step: 1e-8, advanced: true });

const adam: Fields = {
  learningRate: rate(0.001),
  weightDecay: decay,
  beta1: share('recipe.beta1'),
  beta2: share('recipe.beta2'),
  eps,
  amsgrad: bool({ label: textOf('recipe.amsgrad'), default: false, advanced: true }),
};

/** The form of each optimizer. */
export const optimizerFields: Readonly<Record<OptimizerKind, Fields>> = {
  sgd: {
    learningRate: rate(0.1),
    momentum,
    nesterov: bool({ label: textOf('recipe.nesterov'), default: false }),
    weightDecay: decay,
  },
  adam,
  adamw: adam,
  rmsprop: {
    learningRate: rate(0.01),
    momentum,
    weightDecay: decay,
    alpha: share('recipe.alpha'),
    eps,
    centered: bool({ label: textOf('recipe.centered'), default: false, advanced: true }),
  },
  adagrad: {
    learningRate: rate(0.01),
    weightDecay: decay,
    lrDecay: float({ label: textOf('recipe.lrDecay'), default: 0, min: 0, max: 1, step: 0.0001 }),
    initialAccumulator: float({
      label: textOf('recipe.initialAccumulator'),
      default: 0,
      min: 0,
      max: 100,
      step: 0.1,
      advanced: true,
    }),
    eps,
  },
};

export const optimizerKind = choice<OptimizerKind>({
  label: textOf('recipe.optimizer'),
  default: 'sgd',
  options: (Object.keys(optimizerTitles) as OptimizerKind[]).map((value) => ({
    value,
    label: same(optimizerTitles[value]),
  })),
});

const seed = { default: 1, min: 0, max: 4_294_967_295 };
export const runFields: Fields = {
  batchSize: int({ label: textOf('recipe.batchSize'), default: 32, min: 1, max: 8192 }),
  epochs: int({ label: textOf('recipe.epochs'), default: 10, min: 1, max: 10_000 }),
  seed: int({ label: textOf('recipe.seed'), ...seed }),
};
export const dataFields: Fields = {
  validation: float({ label: textOf('data.validation'), default: 0.2, min: 0.01, max: 0.9, step: 0.05 }),
  splitSeed: int({ label: textOf('data.splitSeed'), ...seed }),
};
