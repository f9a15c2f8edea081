import type { Recipe } from '../graph/document.ts';
import type { RunChange } from '../runs/record.ts';

/** The training settings that may be changed during a run. */
export interface RecipeChange {
  readonly learningRate?: number | undefined;
  readonly batchSize?: number | undefined;
  readonly epochs?: number | undefined;
}

const changeable = ({ optimizer, batchSize, epochs }: Recipe) => ({
  learningRate: optimizer.learningRate,
  batchSize,
  epochs,
});

export const changedRecipe = (recipe: Recipe, change: RecipeChange): Recipe => ({
  ...recipe,
  optimizer: { ...recipe.optimizer, learningRate: change.learningRate ?? recipe.optimizer.learningRate },
  batchSize: change.batchSize ?? recipe.batchSize,
  epochs: change.epochs ?? recipe.epochs,
});

/** The record of a change that applies after step `step`; null if nothing changed. */
export function changeBetween(before: Recipe, after: Recipe, step: number): RunChange | null {
  const [was, is] = [changeable(before), changeable(after)];
  const difference = <K extends keyof typeof was>(key: K) =>
    was[key] === is[key] ? {} : { [key]: { from: was[key], to: is[key] } };
  const change = { ...difference('learningRate'), ...difference('batchSize'), ...difference('epochs') };
  return Object.keys(change).length === 0 ? null : { step, ...change };
}
