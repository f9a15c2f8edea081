import { useMemo } from 'react';
import { sameNetwork } from '../../../src/check/sameNetwork.ts';
import { useStepTime } from '../../state/analysis/stepTime.ts';
import { useDocument, useRun } from '../../state/stores/stores.ts';
import { useRunLength } from './useRunLength.ts';

/** Against a training step, what a sample takes in validation: forward alone. */
const FORWARD = 1 / 3;

export interface Estimate {
  readonly seconds: number;
  /** By epochs or steps of this very network on this machine; else by what other runs took. */
  readonly measured: boolean;
}

/** How long training this drawing will take, as far as that is known; null before the first run on this machine. */
export function useEstimate(): Estimate | null {
  const recipe = useDocument((state) => state.root.recipe);
  const validation = useDocument((state) => state.root.data.validation);
  const length = useRunLength();
  const time = useStepTime(recipe.batchSize);
  const epoch = useMeasuredEpoch();
  if (epoch !== null) return { seconds: epoch * recipe.epochs, measured: true };
  if (length === null || time === null) return null;
  const held = 1 + (validation / (1 - validation)) * FORWARD;
  return { seconds: (time.ms / 1000) * length.steps * held, measured: time.measured };
}

/** Seconds of an epoch of the last run, validation included, where it was of this drawing and batch size. */
function useMeasuredEpoch(): number | null {
  const ran = useRun((state) => state.document);
  const epochs = useRun((state) => state.history.length);
  const recipe = useDocument((state) => state.root.recipe);
  const check = useDocument((state) => state.rootCheck);
  // Layers and edges change the check; places, which do not matter here, leave it.
  // biome-ignore lint/correctness/useExhaustiveDependencies: of the present drawing
  const same = useMemo(() => ran !== null && sameNetwork(ran, useDocument.getState().root), [ran, check]);
  const last = useRun.getState().history.slice(Math.max(0, epochs - 5), epochs);
  if (!same || ran?.recipe.batchSize !== recipe.batchSize || ran.recipe.optimizer.kind !== recipe.optimizer.kind) {
    return null;
  }
  if (last.length === 0) return null;
  return last.reduce((sum, { seconds }) => sum + seconds, 0) / last.length;
}
