import { useMemo } from 'react';
import { sameNetwork } from '../../../src/check/sameNetwork.ts';
import { factsOf, splitCounts } from '../../../src/data/known.ts';
import { useStepTime } from '../../state/analysis/stepTime.ts';
import { useDocument, useRun } from '../../state/stores/stores.ts';
import { useRunLength } from './useRunLength.ts';

/** Time of a validation sample relative to a training sample: forward pass only. */
const FORWARD = 1 / 3;

export interface Estimate {
  readonly seconds: number;
  /** True if measured from epochs or steps of this network on this computer; false if predicted from other runs. */
  readonly measured: boolean;
}

/** Estimated training time of the current network; null before the first run on this computer. */
export function useEstimate(): Estimate | null {
  const recipe = useDocument((state) => state.root.recipe);
  const data = useDocument((state) => state.root.data);
  const length = useRunLength();
  const time = useStepTime(recipe.batchSize);
  const epoch = useMeasuredEpoch();
  if (epoch !== null) return { seconds: epoch * recipe.epochs, measured: true };
  if (length === null || time === null) return null;
  const facts = factsOf(data);
  const counts = facts && splitCounts(facts, data);
  const { train, validation } = counts ?? { train: 1 - data.validation, validation: data.validation };
  const held = 1 + (validation / train) * FORWARD;
  return { seconds: (time.ms / 1000) * length.steps * held, measured: time.measured };
}

/** Seconds per epoch of the last run, including validation, if it had the same network and batch size; else null. */
function useMeasuredEpoch(): number | null {
  const ran = useRun((state) => state.document);
  const epochs = useRun((state) => state.history.length);
  const recipe = useDocument((state) => state.root.recipe);
  const check = useDocument((state) => state.rootCheck);
  // Edits of layers and edges change `check`; moving a layer, which does not affect time, does not.
  // biome-ignore lint/correctness/useExhaustiveDependencies: depends on the current network
  const same = useMemo(() => ran !== null && sameNetwork(ran, useDocument.getState().root), [ran, check]);
  const last = useRun.getState().history.slice(Math.max(0, epochs - 5), epochs);
  if (!same || ran?.recipe.batchSize !== recipe.batchSize || ran.recipe.optimizer.kind !== recipe.optimizer.kind) {
    return null;
  }
  if (last.length === 0) return null;
  return last.reduce((sum, { seconds }) => sum + seconds, 0) / last.length;
}
