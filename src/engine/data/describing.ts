import { Worker } from 'node:worker_threads';
import type { Dataset } from '../../data/dataset.ts';
import { PARTS } from '../../data/dataset.ts';
import type { Split } from '../../data/split.ts';
import { UserError } from '../../text.ts';
import type { DataDescription, Describing } from './describe.ts';
import type { DescribingMessage } from './describingThread.ts';

export const describingCanceled = () => new UserError({ en: 'The statistics were canceled.', zh: '已取消统计。' });

/** Describes datasets in a thread, one at a time: a new order ends the one before. */
export class Describer {
  readonly #script: string;
  #worker: Worker | null = null;
  #refuse: (reason: unknown) => void = () => {};
  progress: { readonly done: number; readonly total: number } | null = null;

  constructor(script: string) {
    this.#script = script;
  }

  /** Throws UserError where it was canceled. */
  describe(order: Describing): Promise<DataDescription> {
    this.cancel();
    return new Promise((resolve, reject) => {
      const worker = new Worker(this.#script, { workerData: order });
      this.#worker = worker;
      this.#refuse = reject;
      this.progress = { done: 0, total: 0 };
      const end = () => {
        void worker.terminate();
        if (this.#worker === worker) [this.#worker, this.progress] = [null, null];
      };
      worker.on('message', (message: DescribingMessage) => {
        if (message.kind === 'progress') {
          if (this.#worker === worker) this.progress = { done: message.done, total: message.total };
          return;
        }
        end();
        if (message.kind === 'described') resolve(message.description);
        else reject(new Error(message.message));
      });
      worker.on('error', (error) => {
        end();
        reject(error);
      });
    });
  }

  cancel(): void {
    if (this.#worker === null) return;
    void this.#worker.terminate();
    [this.#worker, this.progress] = [null, null];
    this.#refuse(describingCanceled());
  }
}

/** One of `PARTS` for every sample. */
export function partsOf({ count }: Dataset, { validation, test }: Split): Uint8Array {
  const parts = new Uint8Array(new SharedArrayBuffer(count)).fill(PARTS.train);
  for (const index of validation) parts[index] = PARTS.validation;
  for (const index of test) parts[index] = PARTS.test;
  return parts;
}
