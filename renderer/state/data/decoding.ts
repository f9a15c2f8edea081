import { create } from 'zustand';
import { engine } from '../desktop/engine.ts';

interface DecodingState {
  /** Images decoded of the data that was opened last; null while none are being decoded. `left` is in seconds, null while unknown. */
  readonly progress: {
    readonly source: string;
    readonly done: number;
    readonly total: number;
    readonly left: number | null;
  } | null;
}

export const useDecoding = create<DecodingState>()(() => ({ progress: null }));

/** Milliseconds between two looks at the progress. */
const LOOK_EVERY = 500;

/** Number of calls of `decodingEnded` so far. */
let calls = 0;

/** Follows the decoding of the images of the data that was opened last. True when it has ended; false where other data is followed. */
export async function decodingEnded(source: string): Promise<boolean> {
  const mine = ++calls;
  const started = performance.now();
  for (;;) {
    const { progress } = await engine.call('decodingProgress', {}).catch(() => ({ progress: null }));
    if (mine !== calls) return false;
    if (progress === null) {
      useDecoding.setState({ progress: null });
      return true;
    }
    const { done, total } = progress;
    const seconds = (performance.now() - started) / 1000;
    useDecoding.setState({
      progress: { source, done, total, left: done === 0 ? null : (seconds / done) * (total - done) },
    });
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY));
  }
}
