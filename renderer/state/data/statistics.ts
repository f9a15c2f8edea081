import { create } from 'zustand';
import { readingKey } from '../../../src/data/readingKey.ts';
import type { CallAnswer } from '../../../src/protocol/calls.ts';
import { type Text, UserError } from '../../../src/text.ts';
import { engine } from '../desktop/engine.ts';
import { useDocument } from '../stores/stores.ts';

export type DataDescription = CallAnswer<'describeData'>;

interface StatisticsState {
  /** Settings of the data that is or was measured; '' before the first. */
  readonly key: string;
  /** Null while nothing is measured. `left` is in seconds, null while unknown. */
  readonly measuring: { readonly done: number; readonly total: number; readonly left: number | null } | null;
  readonly description: DataDescription | null;
  readonly problem: Text | null;
  /** The user has ended the last measuring. */
  readonly isCanceled: boolean;
}

export const useStatistics = create<StatisticsState>()(() => ({
  key: '',
  measuring: null,
  description: null,
  problem: null,
  isCanceled: false,
}));

/** Milliseconds between two looks at the progress. */
const LOOK_EVERY = 200;

const failed: Text = { en: 'The statistics could not be computed.', zh: '无法计算统计。' };

/** Measures the dataset of the network in the engine. */
export async function measureData(): Promise<void> {
  const { root } = useDocument.getState();
  const key = readingKey(root.data);
  const started = performance.now();
  const isMine = () => useStatistics.getState().key === key && useStatistics.getState().measuring !== null;
  useStatistics.setState({
    key,
    measuring: { done: 0, total: 0, left: null },
    description: null,
    problem: null,
    isCanceled: false,
  });
  const look = setInterval(async () => {
    const { progress } = await engine.call('describingProgress', {}).catch(() => ({ progress: null }));
    if (progress === null || !isMine()) return;
    const { done, total } = progress;
    const seconds = (performance.now() - started) / 1000;
    useStatistics.setState({ measuring: { done, total, left: done === 0 ? null : (seconds / done) * (total - done) } });
  }, LOOK_EVERY);
  try {
    const description = await engine.call('describeData', { document: root });
    if (isMine()) useStatistics.setState({ measuring: null, description });
  } catch (error) {
    if (isMine())
      useStatistics.setState({ measuring: null, problem: error instanceof UserError ? error.text : failed });
  } finally {
    clearInterval(look);
  }
}

export function cancelMeasuring(): void {
  useStatistics.setState({ isCanceled: true });
  engine.call('cancelDescribing', {}).catch(console.error);
}
