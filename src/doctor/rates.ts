import type { OptimizerConfig, Recipe } from '../graph/recipe.ts';
import { figure, roundToOneDigit } from './figures.ts';
import type { Repair } from './finding.ts';
import type { Patient } from './patient.ts';
import { isSmall } from './smallBatch.ts';

/** Usual learning rate: Kingma and Ba 2015 for Adam; for SGD that of “Dive into Deep Learning” and the examples of PyTorch. */
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
  title: { en: `Set the learning rate to ${figure(learningRate)}`, zh: `将学习率设为 ${figure(learningRate)}` },
  recipe: (recipe) => withRate(recipe, learningRate),
  learningRate,
});

/** A tenth of the learning rate, or the usual one if that is lower. */
export const steadyRate = (optimizer: OptimizerConfig): number =>
  roundToOneDigit(Math.min(optimizer.learningRate / 10, usualRate(optimizer)));

export const lowerRate = ({ recipe: { optimizer } }: Patient): number => steadyRate(optimizer);

/** Lower learning rates to try if the network does not learn, the most likely first. */
export function lowerRates({ recipe }: Patient): readonly number[] {
  const usual = usualRate(recipe.optimizer);
  const { learningRate } = recipe.optimizer;
  // Smaller batches need a lower learning rate (Goyal et al. 2017).
  const lowest = isSmall(recipe) ? [learningRate / 100] : [];
  return distinct([...(learningRate > 2 * usual ? [usual] : []), learningRate / 10, ...lowest]);
}

export function higherRates({ recipe: { optimizer } }: Patient): readonly number[] {
  const usual = usualRate(optimizer);
  const { learningRate } = optimizer;
  // Above the usual rate, a rate that is too high is the most likely cause.
  if (learningRate > 3 * usual) return [];
  return distinct([...(learningRate < usual / 2 ? [usual] : []), 10 * learningRate]);
}

const distinct = (rates: readonly number[]): readonly number[] => [...new Set(rates.map(roundToOneDigit))];

/** The single step that lowered the loss most. */
export function bestTrial({ network }: Patient): { readonly factor: number; readonly loss: number } | null {
  const trials = network?.trials ?? [];
  return trials.reduce<(typeof trials)[number] | null>(
    (best, trial) => (best === null || trial.loss < best.loss ? trial : best),
    null,
  );
}

/** A third of the best single step (Smith 2017 also stays below the minimum), at most the usual rate. */
export function higherRate(patient: Patient): number {
  const { optimizer } = patient.recipe;
  const factor = bestTrial(patient)?.factor ?? 10;
  return roundToOneDigit(Math.min((optimizer.learningRate * factor) / 3, usualRate(optimizer)));
}

/** Largest relative change of a weight tensor by one step, estimated like `trials`; null without gradients. */
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
