import type { Recipe } from '../../../src/graph/recipe.ts';
import type { RunChange } from '../../../src/runs/record.ts';
import { type Adjustable, recipeNow } from './recipeNow.ts';

export interface SettingsChange {
  /** Settings that the run can take over at once. */
  readonly now: Partial<Adjustable>;
  /** Other settings were changed: they are for the next run. */
  readonly later: boolean;
}

/**
 * Settings that were changed in the document since a run of it began, and that the run does not have. A change of the run
 * itself is none of the document. Null where there is nothing to ask.
 */
export function settingsChange(began: Recipe, changes: readonly RunChange[], recipe: Recipe): SettingsChange | null {
  const [before, inForce, wanted] = [recipeNow(began, []), recipeNow(began, changes), recipeNow(recipe, [])];
  const keys = ['learningRate', 'batchSize', 'epochs'] as const;
  const now = Object.fromEntries(
    keys.filter((key) => wanted[key] !== before[key] && wanted[key] !== inForce[key]).map((key) => [key, wanted[key]]),
  );
  const rest = (of: Recipe): string => {
    const { learningRate: _, ...optimizer } = of.optimizer;
    return JSON.stringify({ ...of, optimizer, batchSize: 0, epochs: 0 });
  };
  const later = rest(began) !== rest(recipe);
  return later || Object.keys(now).length > 0 ? { now, later } : null;
}
