import type { Recipe } from '../graph/recipe.ts';
import type { Repair } from './finding.ts';

/** Batch size below which gradients are mostly noise. */
const SMALL = 8;
export const ENOUGH = 32;

export const isSmall = ({ batchSize }: Recipe): boolean => batchSize < SMALL;

export const largerBatch = (batchSize = ENOUGH): Repair => ({
  title: { en: `Set the batch size to ${batchSize}`, zh: `将批量大小设为 ${batchSize}` },
  recipe: (recipe) => ({ ...recipe, batchSize }),
});
