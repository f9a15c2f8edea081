import type { Recipe } from '../../../src/graph/recipe.ts';
import type { RunChange } from '../../../src/runs/record.ts';
import { recipeNow } from '../run/recipeNow.ts';

/**
 * Training settings of a branch: those in force after `step`, with the learning rate, batch size and epochs that the user
 * has changed since the run began. `drawn`: current settings of the network.
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
