import { useEffect, useState } from 'react';
import { useRun } from '../../state/stores/stores.ts';
import { useCheckpoint } from '../../state/travel/checkpointStore.ts';
import { useShown } from '../../state/travel/shownNetwork.ts';
import { createPredictor, type Prediction } from './predictor.ts';

/** While the network learns, what it makes of the same input is asked anew this often (ms). */
const WATCH_EVERY = 500;

/** What the network says of the input, kept up to date: with the input, the drawing and the weights. */
export function usePrediction(input: Float32Array | null): Prediction | null {
  // Another drawing has another check; one whose layers were only moved has not.
  const { check } = useShown();
  // Changes when the engine's weights have: with every epoch, and when a run ends or pauses.
  const revision = useRun(
    ({ run, state, epoch, step, hasWeights }) =>
      `${run} ${state} ${epoch} ${state === 'paused' ? step : ''} ${hasWeights}`,
  );
  const checkpoint = useCheckpoint(({ at }) => at);
  const running = useRun(({ state }) => state === 'running');
  const [prediction, setPrediction] = useState<Prediction | null>(null);
  const [ask] = useState(() => createPredictor(setPrediction));
  const usable = check.graph !== null;

  // biome-ignore lint/correctness/useExhaustiveDependencies: other weights and drawings are reasons to ask again
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
