import type { CallAnswer } from '../protocol/calls.ts';
import type { LastRun } from '../protocol/runs.ts';
import { type Checkpoint, stepsInAll, writeCheckpoint } from './checkpoint.ts';
import { isExhausted } from './earlyStopping.ts';
import type { Tensors } from './session.ts';
import { writeWeights } from './weights.ts';

/** It has done all its epochs, or has stopped early. */
function isDone({ progress: { epoch, history }, document: { recipe } }: Checkpoint): boolean {
  if (epoch >= recipe.epochs) return true;
  return recipe.earlyStopping !== undefined && isExhausted(history, recipe.earlyStopping);
}

/** Weights that the run leaves the network with: those of the best epoch where a finished run keeps them. */
export function weightsLeft(checkpoint: Checkpoint): Tensors {
  const { document, weights, bestWeights } = checkpoint;
  const best = document.recipe.keepBest === true && isDone(checkpoint);
  return (best ? bestWeights : null) ?? weights;
}

function stepsOf({ progress, samples, document: { recipe } }: Checkpoint): number {
  if (samples !== null) return stepsInAll(progress, samples, recipe);
  // An older version kept no count of samples: as many steps for each epoch as so far.
  const { step, epoch } = progress;
  return epoch === 0 ? step : Math.max(step, Math.round((step / epoch) * recipe.epochs));
}

/**
 * The engine's last run as a window shows it that has opened a project. `checkpoints`: what the library keeps of it.
 * `held`: the engine's weights.
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

/** A checkpoint as the parts of a project. */
export const projectOf = (checkpoint: Checkpoint): CallAnswer<'readCheckpoint'> => ({
  document: checkpoint.document,
  weights: writeWeights(weightsLeft(checkpoint)),
  entries: writeCheckpoint(checkpoint),
});
