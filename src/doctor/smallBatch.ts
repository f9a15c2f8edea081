import type { Recipe } from '../graph/recipe.ts';
import type { Repair } from './finding.ts';

/** Batches from which a gradient says more of the data than of chance. */
const SMALL = 8;
export const ENOUGH = 32;

export const isSmall = ({ batchSize }: Recipe): boolean => batchSize < SMALL;

export const largerBatch = (batchSize = ENOUGH): Repair => ({
  title: { en: `Set the batch size to ${batchSize}`, zh: `把批量大小设为 ${batchSize}` },
  recipe: (recipe) => ({ ...recipe, batchSize }),
});
