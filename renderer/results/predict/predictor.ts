import type { OutputPrediction } from '../../../src/protocol/results.ts';
import { UserError } from '../../../src/text.ts';
import { engine } from '../../state/desktop/engine.ts';
import { oneAtATime } from '../../state/desktop/oneAtATime.ts';
import { shownNetwork, shownNow } from '../../state/travel/shownNetwork.ts';
import type { Message } from '../../ui/i18n/i18n.ts';

export interface Prediction {
  /** Input of the prediction. */
  readonly of: Float32Array;
  /** Predictions by output. */
  readonly outputs: readonly OutputPrediction[];
  readonly trained: boolean;
  /** Reason why there are no predictions. */
  readonly message: Message | null;
}

/**
 * Requests predictions one at a time; null (an empty pad) clears the prediction. Results that arrive after another network
 * is shown are dropped, since they are requested again for that network.
 */
export const createPredictor = (
  show: (prediction: Prediction | null) => void,
): ((input: Float32Array | null) => Promise<void>) =>
  oneAtATime(async (input, newest) => {
    const isStillShown = shownNow();
    const prediction = input && (await predict(input));
    if (input === null || (newest() !== null && isStillShown())) show(prediction);
  });

/** Predictions of the shown network for one or more concatenated samples; null if the engine stopped. */
export async function predict(input: Float32Array): Promise<Prediction | null> {
  try {
    const { outputs, trained } = await engine.call('predict', { ...shownNetwork(), input: new Float32Array(input) });
    return { of: input, outputs, trained, message: null };
  } catch (error) {
    // Other errors mean that the engine stopped, which is reported elsewhere.
    if (!(error instanceof UserError)) return null;
    return { of: input, outputs: [], trained: true, message: error.text };
  }
}
