import { Worker } from 'node:worker_threads';
import type { AwaitedImages } from '../../data/awaitedImages.ts';
import type { Dataset, UnreadableFile } from '../../data/dataset.ts';
import { type Text, UserError } from '../../text.ts';
import { Decoding } from './decoding.ts';
import type { Progress } from './imageEntries.ts';
import type { Reading } from './openPath.ts';

/** The order of the thread. */
export interface Opening {
  readonly path: string;
  readonly reading: Omit<Reading, 'progress' | 'cache' | 'later'>;
  /** The dataset is wanted before all of its images are decoded. */
  readonly early: boolean;
  /** Folder of decoded images; absent: that of this computer. */
  readonly cache?: string | undefined;
}

/** Messages of the thread. The last one is `opened` without images that are still to be decoded, `decoded`, `refused` or `failed`. */
export type OpeningMessage =
  | { readonly kind: 'progress'; readonly done: number; readonly total: number }
  | { readonly kind: 'opened'; readonly dataset: Dataset; readonly awaited: AwaitedImages | null }
  | { readonly kind: 'fault'; readonly index: number; readonly file: UnreadableFile }
  | { readonly kind: 'decoded'; readonly recolored: number }
  /** The user can fix it. */
  | { readonly kind: 'refused'; readonly text: Text }
  | { readonly kind: 'failed'; readonly message: string };

/** A dataset, and the decoding of those of its images that are not decoded yet; null where all are. */
export interface OpenedData {
  readonly dataset: Dataset;
  readonly decoding: Decoding | null;
}

/**
 * Opens own data in a thread of its own: the numbers arrive in shared memory. An aborted signal ends the thread and rejects with the
 * signal's reason. Throws UserError where the data cannot be used.
 */
export function openInThread(
  script: string,
  opening: Opening,
  progress: Progress = () => {},
  signal?: AbortSignal,
): Promise<OpenedData> {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const worker = new Worker(script, { workerData: opening });
    const end = () => void worker.terminate();
    let decoding: Decoding | null = null;
    const abort = () => {
      end();
      reject(signal?.reason);
    };
    const fail = (error: Error) => {
      reject(error);
      decoding?.fail(error);
    };
    signal?.addEventListener('abort', abort, { once: true });
    worker.on('message', (message: OpeningMessage) => {
      switch (message.kind) {
        case 'progress':
          if (decoding === null) progress(message.done, message.total);
          else decoding.progress = { done: message.done, total: message.total };
          return;
        case 'opened':
          signal?.removeEventListener('abort', abort);
          if (message.awaited === null) end();
          else decoding = new Decoding(message.awaited, end);
          return resolve({ dataset: message.dataset, decoding });
        case 'fault':
          return decoding?.fault(message.index, message.file);
        case 'decoded':
          return decoding?.complete(message.recolored);
      }
      signal?.removeEventListener('abort', abort);
      end();
      fail(message.kind === 'refused' ? new UserError(message.text) : new Error(message.message));
    });
    worker.on('error', (error: NodeJS.ErrnoException) => {
      fail(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? outOfMemory(opening.path) : error);
    });
    worker.on('exit', (code) => fail(new Error(`the thread that opens data ended (${code})`)));
  });
}

const outOfMemory = (path: string) =>
  new UserError({
    en: `The memory is not enough to read “${path}”. Choose a part of the data, or save its numbers as NumPy (.npz), which takes less memory than text.`,
    zh: `内存不足，无法读取“${path}”。请只选择部分数据，或将数值保存为 NumPy（.npz），其占用的内存比文本少。`,
  });
