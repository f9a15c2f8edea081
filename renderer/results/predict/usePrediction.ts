import { useEffect, useState } from 'react';
import { useRun } from '../../state/stores/stores.ts';
import { useCheckpoint } from '../../state/travel/checkpointStore.ts';
import { useShown } from '../../state/travel/shownNetwork.ts';
import { createPredictor, type Prediction } from './predictor.ts';

/** Interval in ms between predictions of the same input during training. */
const WATCH_EVERY = 500;

/** Prediction for the input, updated when the input, the network or the weights change. */
export function usePrediction(input: Float32Array | null): Prediction | null {
  // Edits of the network change the check; moving layers does not.
  const { check } = useShown();
  // Key of the weights, which change after every epoch and at the end or pause of a run.
  const revision = useRun(
    ({ run, state, epoch, step, hasWeights }) =>
      `${run} ${state} ${epoch} ${state === 'paused' ? step : ''} ${hasWeights}`,
  );
  const checkpoint = useCheckpoint(({ at }) => at);
  const running = useRun(({ state }) => state === 'running');
  const [prediction, setPrediction] = useState<Prediction | null>(null);
  const [ask] = useState(() => createPredictor(setPrediction));
  const usable = check.graph !== null;

  // biome-ignore lint/correctness/useExhaustiveDependencies: new weights or an edited network are reasons to ask again
  useEffect(() => {
    void ask(usable ? input : null);
  }, [input, check, usable, revision, checkpoint]);

  useEffect(() => {
    if (!running || !usable || input === null) return;
    const timer = setInterval(() => void ask(input), WATCH_EVERY);
    return () => clearInterval(timer);
  }, [running, usable, input, ask]);

  return input === null ? null : prediction;
}
