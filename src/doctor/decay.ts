import type { OptimizerConfig, Recipe } from '../graph/recipe.ts';
import { figure } from './figures.ts';
import type { Repair } from './finding.ts';

/** Weight decay above this may prevent learning; published settings use 1e-4 to 1e-2, at most 0.05. */
export const HEAVY = 0.05;
/** Usual weight decay for SGD. */
const LIGHT = 1e-4;
const LIGHT_ADAMW = 0.01;

/** A weight decay that suits most networks. */
export const lightDecay = (optimizer: OptimizerConfig): number => (optimizer.kind === 'adamw' ? LIGHT_ADAMW : LIGHT);

export const isHeavy = ({ optimizer }: Recipe): boolean => optimizer.weightDecay > HEAVY;

/** Fix that lowers a heavy weight decay to a usual value; empty if it is not heavy. */
export function lessDecay(recipe: Recipe): Repair[] {
  if (!isHeavy(recipe)) return [];
  const weightDecay = lightDecay(recipe.optimizer);
  return [
    {
      title: { en: `Set weight decay to ${figure(weightDecay)}`, zh: `将权重衰减设为 ${figure(weightDecay)}` },
      recipe: (now) => ({ ...now, optimizer: { ...now.optimizer, weightDecay } }),
    },
  ];
}

/**
 * Factor by which weight decay alone multiplies each weight in one step: 1 − learning rate × decay. Null for optimizers
 * that normalize the decay with the gradient, so that it cannot overshoot.
 */
export function decayFactor({ kind, learningRate, weightDecay }: OptimizerConfig): number | null {
  return kind === 'sgd' || kind === 'adamw' ? 1 - learningRate * weightDecay : null;
}

/** True if weight decay alone makes the weights grow: gradient descent on w²/2 diverges beyond 2, with momentum μ beyond 2 (1 + μ). */
export function decayExplodes(optimizer: OptimizerConfig): boolean {
  if (decayFactor(optimizer) === null) return false;
  const momentum = optimizer.kind === 'sgd' ? optimizer.momentum : 0;
  return optimizer.learningRate * optimizer.weightDecay > 2 * (1 + momentum);
}
