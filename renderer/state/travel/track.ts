import type { Curves } from '../../../src/runs/curves.ts';
import type { EpochRow } from '../stores/runStore.ts';

/** A checkpoint that can be gone to. */
export interface CheckpointMeta {
  readonly step: number;
  /** Epochs that were finished then. */
  readonly epoch: number;
}

/** Steps over which the loss of single batches is averaged. */
const WINDOW = 25;

export interface Figures {
  /** Means over the batches just before; null where there are none. */
  readonly loss: number | null;
  readonly accuracy: number | null;
  /** Measured at the last finished epoch. */
  readonly validation: EpochRow | null;
}

/** How good the network was after that many steps. */
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

/** The checkpoint that is nearest to a step. */
export const nearestTo = (checkpoints: readonly CheckpointMeta[], step: number): CheckpointMeta | null =>
  checkpoints.reduce<CheckpointMeta | null>(
    (best, checkpoint) =>
      best === null || Math.abs(checkpoint.step - step) < Math.abs(best.step - step) ? checkpoint : best,
    null,
  );

/** Where the slider goes from a step (null: now) by so many stops, of which now is the last; null is now. */
export function stopFrom(checkpoints: readonly CheckpointMeta[], step: number | null, by: number): number | null {
  const at = step === null ? checkpoints.length : checkpoints.findIndex((checkpoint) => checkpoint.step >= step);
  const to = Math.max(0, (at < 0 ? checkpoints.length : at) + by);
  return checkpoints[to]?.step ?? null;
}

/** The checkpoints before the present one, at which there is nothing to go back to. */
export const pastOf = (checkpoints: readonly CheckpointMeta[], step: number): readonly CheckpointMeta[] =>
  checkpoints.filter((checkpoint) => checkpoint.step < step);
