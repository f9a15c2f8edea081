import type { Recipe } from '../../../src/graph/recipe.ts';
import type { RunChange } from '../../../src/runs/record.ts';
import { recipeNow } from '../run/recipeNow.ts';

/**
 * What a branch trains by: the recipe that was in force after that step, with what the user has chosen otherwise since
 * the run began, of what may differ (learning rate, batch size and epochs). `drawn`: the recipe of the drawing as it is.
 */
export function branchRecipe(began: Recipe, changes: readonly RunChange[], step: number, drawn: Recipe): Recipe {
  const then = recipeNow(
    began,
    changes.filter((change) => change.step <= step),
  );
  const [before, now] = [recipeNow(began, []), recipeNow(drawn, [])];
  const chosen = <K extends keyof typeof then>(key: K) => (now[key] === before[key] ? then[key] : now[key]);
  return {
    ...began,
    optimizer: { ...began.optimizer, learningRate: chosen('learningRate') },
    batchSize: chosen('batchSize'),
    epochs: chosen('epochs'),
  };
}
