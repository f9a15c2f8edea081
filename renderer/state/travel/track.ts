import type { Curves } from '../../../src/runs/curves.ts';
import type { EpochRow } from '../stores/runStore.ts';

/** A stored checkpoint. */
export interface CheckpointMeta {
  readonly step: number;
  /** Number of finished epochs. */
  readonly epoch: number;
}

/** Number of steps over which the batch loss is averaged. */
const WINDOW = 25;

export interface Figures {
  /** Means over the preceding batches; null if there are none. */
  readonly loss: number | null;
  readonly accuracy: number | null;
  /** Results of the last finished epoch. */
  readonly validation: EpochRow | null;
}

/** Loss, accuracy and validation results after the given number of steps. */
export function figuresAt(curves: Curves, history: readonly EpochRow[], step: number): Figures {
  return {
    loss: meanBefore(curves, 'loss', step),
    accuracy: meanBefore(curves, 'accuracy', step),
    validation: history.findLast((row) => row.step <= step) ?? null,
  };
}

function meanBefore(curves: Curves, name: 'loss' | 'accuracy', step: number): number | null {
  const [steps, values] = [curves.column('step'), curves.column(name)];
  let [sum, count] = [0, 0];
  for (let i = steps.length - 1; i >= 0; i--) {
    const at = steps[i] as number;
    if (at > step) continue;
    if (count > 0 && at <= step - WINDOW) break;
    const value = values[i] as number;
    if (!Number.isFinite(value)) continue;
    sum += value;
    count++;
  }
  return count === 0 ? null : sum / count;
}

/** The checkpoint nearest to a step. */
export const nearestTo = (checkpoints: readonly CheckpointMeta[], step: number): CheckpointMeta | null =>
  checkpoints.reduce<CheckpointMeta | null>(
    (best, checkpoint) =>
      best === null || Math.abs(checkpoint.step - step) < Math.abs(best.step - step) ? checkpoint : best,
    null,
  );

/**
 * Step of the stop that is `by` stops away from `step`. The last stop is the current state, for which the step is null.
 */
export function stopFrom(checkpoints: readonly CheckpointMeta[], step: number | null, by: number): number | null {
  const at = step === null ? checkpoints.length : checkpoints.findIndex((checkpoint) => checkpoint.step >= step);
  const to = Math.max(0, (at < 0 ? checkpoints.length : at) + by);
  return checkpoints[to]?.step ?? null;
}

/** The checkpoints before the current step; an equal one would restore the current weights. */
export const pastOf = (checkpoints: readonly CheckpointMeta[], step: number): readonly CheckpointMeta[] =>
  checkpoints.filter((checkpoint) => checkpoint.step < step);
