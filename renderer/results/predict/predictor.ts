import type { OutputPrediction } from '../../../src/protocol/results.ts';
import { UserError } from '../../../src/text.ts';
import { engine } from '../../state/desktop/engine.ts';
import { oneAtATime } from '../../state/desktop/oneAtATime.ts';
import { shownNetwork, shownNow } from '../../state/travel/shownNetwork.ts';
import type { Message } from '../../ui/i18n/i18n.ts';

export interface Prediction {
  /** What it was asked of. */
  readonly of: Float32Array;
  /** Of each output. */
  readonly outputs: readonly OutputPrediction[];
  readonly trained: boolean;
  /** Why there are none. */
  readonly message: Message | null;
}

/** Null for an empty sheet. What comes when another network is shown is left out: it was asked for anew. */
export const createPredictor = (
  show: (prediction: Prediction | null) => void,
): ((input: Float32Array | null) => Promise<void>) =>
  oneAtATime(async (input, newest) => {
    const isStillShown = shownNow();
    const prediction = input && (await predict(input));
    if (input === null || (newest() !== null && isStillShown())) show(prediction);
  });

/** Predictions of the network that is shown for one or more samples, one behind the other; null when the engine stopped. */
export async function predict(input: Float32Array): Promise<Prediction | null> {
  try {
    const { outputs, trained } = await engine.call('predict', { ...shownNetwork(), input: new Float32Array(input) });
    return { of: input, outputs, trained, message: null };
  } catch (error) {
    // Without words of its own it is an engine that stopped, which is told elsewhere.
    if (!(error instanceof UserError)) return null;
    return { of: input, outputs: [], trained: true, message: error.text };
  }
}
