import type { OutputPrediction } from '../../../src/protocol/results.ts';
import { UserError } from '../../../src/text.ts';
import { engine } from '../../state/desktop/engine.ts';
import { shownNetwork } from '../../state/travel/shownNetwork.ts';
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

/** Asks for predictions, one at a time: while one is under way, only the newest input waits. */
export function createPredictor(show: (prediction: Prediction | null) => void) {
  let wanted: Float32Array | null = null;
  let busy = false;
  let again = false;

  async function run(): Promise<void> {
    busy = true;
    while (again) {
      again = false;
      const input = wanted;
      if (input === null) {
        show(null);
        continue;
      }
      const prediction = await predict(input);
      if (wanted !== null) show(prediction);
    }
    busy = false;
  }

  return {
    /** Null for an empty sheet. */
    ask(input: Float32Array | null): void {
      wanted = input;
      again = true;
      if (!busy) run().catch(console.error);
    },
  };
}

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
