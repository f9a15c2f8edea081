// The thread that describes a dataset: it measures and compares all samples while the engine stays responsive.
import { parentPort, workerData } from 'node:worker_threads';
import type { DataDescription, Describing } from './describe.ts';
import { describe } from './describe.ts';

/** Messages of the thread, the last of which is `described` or `failed`. */
export type DescribingMessage =
  | { readonly kind: 'progress'; readonly done: number; readonly total: number }
  | { readonly kind: 'described'; readonly description: DataDescription }
  | { readonly kind: 'failed'; readonly message: string };

/** Milliseconds between two reports of progress. */
const REPORTED_EVERY = 100;

if (parentPort !== null) {
  const port = parentPort;
  const send = (message: DescribingMessage) => port.postMessage(message);
  let last = 0;
  const progress = (done: number, total: number) => {
    const now = performance.now();
    if (now - last < REPORTED_EVERY) return;
    last = now;
    send({ kind: 'progress', done, total });
  };
  describe(workerData as Describing, progress).then(
    (description) => send({ kind: 'described', description }),
    (error: unknown) =>
      send({ kind: 'failed', message: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
  );
}
