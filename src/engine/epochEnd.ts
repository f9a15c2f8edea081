import type { Recipe } from '../graph/document.ts';
import { plateauReport, plateauStart } from '../optim/schedules.ts';
import type { EpochRecord, Metrics } from '../runs/record.ts';
import type { RunProgress, Snapshot } from './checkpoint.ts';

/** Snapshot of a run after the end of an epoch, from the snapshot after its last step. */
export function afterEpoch(last: Snapshot, record: EpochRecord, recipe: Recipe): Snapshot {
  const { weights, state, bestWeights, progress } = last;
  const best = progress.best === null ? undefined : progress.history[progress.best - 1];
  const improved = best === undefined || isBetter(record.validation, best.validation);
  return {
    weights,
    state,
    bestWeights: improved ? weights : bestWeights,
    progress: {
      ...progress,
      epoch: record.epoch,
      seen: 0,
      loss: 0,
      correct: 0,
      plateau: plateauAfter(progress.plateau, record.validation, recipe),
      history: [...progress.history, record],
      best: improved ? record.epoch : progress.best,
    },
  };
}

function plateauAfter(
  before: RunProgress['plateau'],
  { loss, accuracy }: Metrics,
  { optimizer, schedule }: Recipe,
): RunProgress['plateau'] {
  if (schedule?.kind !== 'plateau') return null;
  const state = before ?? plateauStart(optimizer.learningRate);
  return plateauReport(schedule, state, schedule.mode === 'min' || accuracy === null ? loss : accuracy);
}

/** Higher accuracy, or the same accuracy and a lower loss. */
function isBetter(a: Metrics, b: Metrics): boolean {
  if (a.accuracy === null || b.accuracy === null || a.accuracy === b.accuracy) return a.loss < b.loss;
  return a.accuracy > b.accuracy;
}
