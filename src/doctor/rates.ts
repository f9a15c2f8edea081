import type { OptimizerConfig, Recipe } from '../graph/recipe.ts';
import { figure, oneDigit } from './figures.ts';
import type { Repair } from './finding.ts';
import type { Patient } from './patient.ts';
import { isSmall } from './smallBatch.ts';

/** The rate that people begin with: Kingma and Ba 2015 for Adam; for SGD what "Dive into Deep Learning" and PyTorch's examples use. */
export function usualRate(optimizer: OptimizerConfig): number {
  switch (optimizer.kind) {
    case 'sgd':
      return 0.1 * (1 - optimizer.momentum);
    case 'adam':
    case 'adamw':
    case 'rmsprop':
      return 1e-3;
    case 'adagrad':
      return 0.01;
    default:
      return optimizer satisfies never;
  }
}

const withRate = (recipe: Recipe, learningRate: number): Recipe => ({
  ...recipe,
  optimizer: { ...recipe.optimizer, learningRate },
});

export const setRate = (learningRate: number): Repair => ({
  title: { en: `Set the learning rate to ${figure(learningRate)}`, zh: `把学习率设为 ${figure(learningRate)}` },
  recipe: (recipe) => withRate(recipe, learningRate),
  learningRate,
});

/** Ten times lower, or down to what is usual if that is lower still. */
export const steadyRate = (optimizer: OptimizerConfig): number =>
  oneDigit(Math.min(optimizer.learningRate / 10, usualRate(optimizer)));

export const lowerRate = ({ recipe: { optimizer } }: Patient): number => steadyRate(optimizer);

/** Rates worth a trial where the network does not learn, likeliest first. */
export function lowerRates({ recipe }: Patient): readonly number[] {
  const usual = usualRate(recipe.optimizer);
  const { learningRate } = recipe.optimizer;
  // Fewer samples in a step bear a lower rate only (Goyal et al. 2017).
  const lowest = isSmall(recipe) ? [learningRate / 100] : [];
  return distinct([...(learningRate > 2 * usual ? [usual] : []), learningRate / 10, ...lowest]);
}

export function higherRates({ recipe: { optimizer } }: Patient): readonly number[] {
  const usual = usualRate(optimizer);
  const { learningRate } = optimizer;
  // Beyond that the rate is the first suspect for being too high.
  if (learningRate > 3 * usual) return [];
  return distinct([...(learningRate < usual / 2 ? [usual] : []), 10 * learningRate]);
}

const distinct = (rates: readonly number[]): readonly number[] => [...new Set(rates.map(oneDigit))];

/** The trial that lowered the loss most. */
export function bestTrial({ network }: Patient): { readonly factor: number; readonly loss: number } | null {
  const trials = network?.trials ?? [];
  return trials.reduce<(typeof trials)[number] | null>(
    (best, trial) => (best === null || trial.loss < best.loss ? trial : best),
    null,
  );
}

/** A third of what one step took best (Smith 2017 stays below the minimum, too), but no more than is usual. */
export function higherRate(patient: Patient): number {
  const { optimizer } = patient.recipe;
  const factor = bestTrial(patient)?.factor ?? 10;
  return oneDigit(Math.min((optimizer.learningRate * factor) / 3, usualRate(optimizer)));
}

/** The largest share of a weight matrix that one step moves it by, estimated as for `trials`; null without gradients. */
export function updateShare({ network, recipe: { optimizer } }: Patient): number | null {
  const weights = network?.parameters.filter(({ role, weight }) => role === 'weight' && weight > 0) ?? [];
  if (weights.length === 0) return null;
  const { learningRate } = optimizer;
  return Math.max(
    ...weights.map(({ gradient, weight, size }) =>
      optimizer.kind === 'sgd'
        ? (learningRate * gradient) / (1 - optimizer.momentum) / weight
        : (learningRate * Math.sqrt(size) * gradient) / (gradient + optimizer.eps * Math.sqrt(size)) / weight,
    ),
  );
}
