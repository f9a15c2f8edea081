import type { OptimizerConfig, Recipe } from '../graph/recipe.ts';
import { figure } from './figures.ts';
import type { Repair } from './finding.ts';

/** Decay above this holds weights down more than it smoothes them; recipes use 1e-4 to 1e-2, 0.05 at most. */
export const HEAVY = 0.05;
/** Decay of usual recipes for SGD and for AdamW. */
const LIGHT = 1e-4;
const LIGHT_ADAMW = 0.01;

/** A decay that suits most networks. */
export const lightDecay = (optimizer: OptimizerConfig): number => (optimizer.kind === 'adamw' ? LIGHT_ADAMW : LIGHT);

export const isHeavy = ({ optimizer }: Recipe): boolean => optimizer.weightDecay > HEAVY;

/** Weight decay at a usual strength; none where it is not heavy. */
export function lessDecay(recipe: Recipe): Repair[] {
  if (!isHeavy(recipe)) return [];
  const weightDecay = lightDecay(recipe.optimizer);
  return [
    {
      title: { en: `Set weight decay to ${figure(weightDecay)}`, zh: `把权重衰减设为 ${figure(weightDecay)}` },
      recipe: (now) => ({ ...now, optimizer: { ...now.optimizer, weightDecay } }),
    },
  ];
}

/**
 * Factor by which one step of decay alone multiplies every weight: 1 − rate × decay. Null for optimizers that divide the
 * decay by its own size, so that it cannot overshoot.
 */
export function decayFactor({ kind, learningRate, weightDecay }: OptimizerConfig): number | null {
  return kind === 'sgd' || kind === 'adamw' ? 1 - learningRate * weightDecay : null;
}

/** Decay alone makes the weights grow: gradient descent on w²/2 diverges beyond 2, with momentum μ beyond 2 (1 + μ). */
export function decayExplodes(optimizer: OptimizerConfig): boolean {
  if (decayFactor(optimizer) === null) return false;
  const momentum = optimizer.kind === 'sgd' ? optimizer.momentum : 0;
  return optimizer.learningRate * optimizer.weightDecay > 2 * (1 + momentum);
}
