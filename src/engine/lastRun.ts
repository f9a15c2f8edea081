import type { CallAnswer } from '../protocol/calls.ts';
import type { LastRun } from '../protocol/runs.ts';
import { type Checkpoint, stepsInAll, writeCheckpoint } from './checkpoint.ts';
import { isExhausted } from './earlyStopping.ts';
import type { Tensors } from './session.ts';
import { writeWeights } from './weights.ts';

/** True if a run has completed all epochs or was stopped early. */
function isDone({ progress: { epoch, history }, document: { recipe } }: Checkpoint): boolean {
  if (epoch >= recipe.epochs) return true;
  return recipe.earlyStopping !== undefined && isExhausted(history, recipe.earlyStopping);
}

/**
 * The weights of the network after a run: those of the best epoch if a finished run keeps them, otherwise the last
 * ones.
 */
export function weightsLeft(checkpoint: Checkpoint): Tensors {
  const { document, weights, bestWeights } = checkpoint;
  const best = document.recipe.keepBest === true && isDone(checkpoint);
  return (best ? bestWeights : null) ?? weights;
}

function stepsOf({ progress, samples, document: { recipe } }: Checkpoint): number {
  if (samples !== null) return stepsInAll(progress, samples, recipe);
  // Files of older versions have no number of samples; the steps per epoch so far are used.
  const { step, epoch } = progress;
  return epoch === 0 ? step : Math.max(step, Math.round((step / epoch) * recipe.epochs));
}

/**
 * The last run of the engine, for a window that has opened a project. `checkpoints`: kept checkpoints of the run.
 * `held`: weights of the engine.
 */
export function lastRunOf(
  checkpoint: Checkpoint,
  held: Tensors,
  checkpoints: readonly { readonly step: number; readonly epoch: number }[],
): LastRun {
  const { run, document, progress, changes, curves, weights, bestWeights } = checkpoint;
  const { step, epoch, history, best } = progress;
  return {
    run,
    document,
    state: isDone(checkpoint) ? 'done' : 'stopped',
    step,
    steps: stepsOf(checkpoint),
    epoch,
    history: [...history],
    changes: [...changes],
    curves,
    checkpoints: checkpoints.map(({ step, epoch }) => ({ step, epoch })),
    keptEpoch: held !== weights && held === bestWeights ? best : null,
    hasOthers: held !== weights && held !== bestWeights,
  };
}

/** The parts of a project for a checkpoint. */
export const projectOf = (checkpoint: Checkpoint): CallAnswer<'readCheckpoint'> => ({
  document: checkpoint.document,
  weights: writeWeights(weightsLeft(checkpoint)),
  entries: writeCheckpoint(checkpoint),
});
