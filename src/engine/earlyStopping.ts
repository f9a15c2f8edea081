import type { EarlyStopping } from '../graph/recipe.ts';
import type { EpochRecord } from '../runs/record.ts';

/**
 * Whether the validation has not improved for `patience` epochs (Prechelt 1998, Early Stopping – but when?; counted as
 * Keras does: an epoch improves when it is better than the best before it by more than `minDelta`). A function of the
 * history, so that a resumed run stops where the uninterrupted one does.
 */
export function isExhausted(history: readonly EpochRecord[], { monitor, patience, minDelta }: EarlyStopping): boolean {
  let best = Number.POSITIVE_INFINITY;
  let waited = 0;
  for (const { validation } of history) {
    const value = monitor === 'loss' ? validation.loss : -(validation.accuracy ?? Number.NaN);
    if (value < best - minDelta) {
      best = value;
      waited = 0;
    } else waited++;
  }
  return waited >= patience;
}
