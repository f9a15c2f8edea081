import { Worker } from 'node:worker_threads';
import type { Dataset } from '../../data/dataset.ts';
import { type Text, UserError } from '../../text.ts';
import type { Progress } from './imageDataset.ts';
import type { Reading } from './openPath.ts';

/** The order of the thread. */
export interface Opening {
  readonly path: string;
  readonly reading: Omit<Reading, 'progress' | 'cache'>;
}

/** Messages of the thread, the last of which is `opened`, `refused` or `failed`. */
export type OpeningMessage =
  | { readonly kind: 'progress'; readonly done: number; readonly total: number }
  | { readonly kind: 'opened'; readonly dataset: Dataset }
  /** The user can fix it. */
  | { readonly kind: 'refused'; readonly text: Text }
  | { readonly kind: 'failed'; readonly message: string };

/**
 * Opens own data in a thread of its own: the numbers arrive in shared memory. An aborted signal ends the thread and rejects with the
 * signal's reason. Throws UserError where the data cannot be used.
 */
export function openInThread(
  script: string,
  opening: Opening,
  progress: Progress = () => {},
  signal?: AbortSignal,
): Promise<Dataset> {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const worker = new Worker(script, { workerData: opening });
    const end = () => void worker.terminate();
    const abort = () => {
      end();
      reject(signal?.reason);
    };
    signal?.addEventListener('abort', abort, { once: true });
    worker.on('message', (message: OpeningMessage) => {
      if (message.kind === 'progress') return progress(message.done, message.total);
      signal?.removeEventListener('abort', abort);
      end();
      if (message.kind === 'opened') resolve(message.dataset);
      else reject(message.kind === 'refused' ? new UserError(message.text) : new Error(message.message));
    });
    worker.on('error', (error: NodeJS.ErrnoException) => {
      reject(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? outOfMemory(opening.path) : error);
    });
    worker.on('exit', (code) => reject(new Error(`the thread that opens data ended (${code})`)));
  });
}

const outOfMemory = (path: string) =>
  new UserError({
    en: `The memory is not enough to read “${path}”. Choose a part of the data, or save its numbers as NumPy (.npz), which takes less memory than text.`,
    zh: `内存不足，无法读取“${path}”。请只选择部分数据，或将数值保存为 NumPy（.npz），其占用的内存比文本少。`,
  });
