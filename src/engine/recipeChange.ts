import type { Recipe } from '../graph/document.ts';
import type { RunChange } from '../runs/record.ts';

/** What may be changed of a recipe while its run goes on. */
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

/** What has to be noted of it, in force from the step after `step` on; null when nothing is different. */
export function changeBetween(before: Recipe, after: Recipe, step: number): RunChange | null {
  const [was, is] = [changeable(before), changeable(after)];
  const difference = <K extends keyof typeof was>(key: K) =>
    was[key] === is[key] ? {} : { [key]: { from: was[key], to: is[key] } };
  const change = { ...difference('learningRate'), ...difference('batchSize'), ...difference('epochs') };
  return Object.keys(change).length === 0 ? null : { step, ...change };
}
