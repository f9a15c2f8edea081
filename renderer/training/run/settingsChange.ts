import type { Recipe } from '../../../src/graph/recipe.ts';
import type { RunChange } from '../../../src/runs/record.ts';
import { type Adjustable, recipeNow } from './recipeNow.ts';

export interface SettingsChange {
  /** Settings that the run can adopt at once. */
  readonly now: Partial<Adjustable>;
  /** True if other settings changed, too. They apply to the next run. */
  readonly later: boolean;
}

/**
 * Settings changed in the document since the start of a run, and not yet adopted by it. Changes made to the run itself are
 * not in the document. Null if there are none.
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
