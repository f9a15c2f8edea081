import type { EarlyStopping } from '../graph/recipe.ts';
import type { EpochRecord } from '../runs/record.ts';

/**
 * True if the validation has not improved for `patience` epochs (Prechelt 1998, Early Stopping – but when?). Counted as
 * in Keras: an epoch improves if it is better than the previous best by more than `minDelta`. Depends only on the
 * history, so that a resumed run stops at the same epoch as an uninterrupted one.
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
