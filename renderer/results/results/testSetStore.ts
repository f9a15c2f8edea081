import { create } from 'zustand';
import type { CallAnswer } from '../../../src/protocol/calls.ts';
import type { Results } from '../../../src/protocol/results.ts';
import { type Text, UserError } from '../../../src/text.ts';
import { onReturn } from '../../state/data/dataReturn.ts';
import { engine } from '../../state/desktop/engine.ts';
import { shownNetwork } from '../../state/travel/shownNetwork.ts';

interface TestSetState {
  readonly asking: boolean;
  /** The last evaluation, and the weights and data that it belongs to. */
  readonly tested: { readonly key: string; readonly answer: CallAnswer<'evaluateTest'> } | null;
  readonly problem: Text | null;
}

export const useTestSet = create<TestSetState>()(() => ({ asking: false, tested: null, problem: null }));

// The test set is evaluated only when the user asks, but its old error would be wrong.
onReturn(() => useTestSet.setState({ problem: null }));

/** Equal for the same weights on the same data. */
export const testKey = ({ made, loss }: Pick<Results, 'made' | 'loss'>, data: unknown): string =>
  JSON.stringify([made, loss, data]);

/** Evaluates the shown network on the test set, which is counted. `key`: of the weights and the data. */
export async function evaluateTestSet(key: string): Promise<void> {
  useTestSet.setState({ asking: true, problem: null });
  try {
    const answer = await engine.call('evaluateTest', shownNetwork());
    useTestSet.setState({ tested: { key, answer } });
  } catch (error) {
    // Other errors mean that the engine stopped, which is reported elsewhere.
    if (error instanceof UserError) useTestSet.setState({ problem: error.text });
  } finally {
    useTestSet.setState({ asking: false });
  }
}
