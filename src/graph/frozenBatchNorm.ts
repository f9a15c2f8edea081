import type { DocumentNode, Recipe } from './document.ts';

/** True if batch norm of this node normalizes with the statistics of the batch in training, as in train mode in PyTorch. */
export const usesBatch = (
  { frozen }: Pick<DocumentNode, 'frozen'>,
  { frozenBatchNorm }: Pick<Recipe, 'frozenBatchNorm'>,
): boolean => frozen !== true || frozenBatchNorm === 'batch';
