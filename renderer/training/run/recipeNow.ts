import type { Recipe } from '../../../src/graph/recipe.ts';
import type { RunChange } from '../../../src/runs/record.ts';

/** Settings that may change during a run. */
export interface Adjustable {
  readonly learningRate: number;
  readonly batchSize: number;
  readonly epochs: number;
}

/** Current settings of a run, after all changes. */
export function recipeNow({ optimizer, batchSize, epochs }: Recipe, changes: readonly RunChange[]): Adjustable {
  const last = <K extends keyof Adjustable>(key: K, start: number) =>
    changes.findLast((change) => change[key] !== undefined)?.[key]?.to ?? start;
  return {
    learningRate: last('learningRate', optimizer.learningRate),
    batchSize: last('batchSize', batchSize),
    epochs: last('epochs', epochs),
  };
}
