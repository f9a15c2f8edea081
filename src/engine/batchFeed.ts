import { Worker } from 'node:worker_threads';
import { type Batch, type BatchBuffers, batchBuffers, batchesOf, epochOrder } from '../data/batches.ts';
import type { Dataset } from '../data/dataset.ts';

/** Which batches a run takes: all of `indices` in a new order every epoch, from `first` on without end. */
export interface BatchPlan {
  readonly data: Dataset;
  readonly indices: Uint32Array;
  readonly batch: number;
  readonly seed: number;
  /** The epoch to begin with, and how many batches of it to leave out. */
  readonly first: { readonly epoch: number; readonly batch: number };
}

/** What the thread sends for every pair of buffers that it is sent. */
export interface PreparedBatch extends BatchBuffers {
  readonly size: number;
}

export interface BatchFeed {
  /** The next batch of the plan, valid until the next call. */
  next(): Promise<Batch>;
  close(): Promise<void>;
}

/** Batches in the air: enough to hide the preparation, few enough to stay in the cache. */
const PREFETCHED = 4;

/**
 * Prepares batches ahead of time in another thread. Buffers are transferred there and back, never copied; every buffer
 * that goes there is an order for the next batch.
 */
export function threadedFeed(plan: BatchPlan, script: string): BatchFeed {
  const worker = new Worker(script, { workerData: plan });
  const ready: PreparedBatch[] = [];
  let waiting: { resolve: (batch: PreparedBatch) => void; reject: (error: Error) => void } | null = null;
  let failure: Error | null = null;
  let lent: PreparedBatch | null = null;
  let closed = false;

  const fail = (error: Error) => {
    failure ??= error;
    waiting?.reject(failure);
    waiting = null;
  };
  const order = ({ images, labels }: BatchBuffers) => worker.postMessage({ images, labels }, [images, labels]);
  worker.on('message', (batch: PreparedBatch) => {
    if (waiting === null) ready.push(batch);
    else waiting.resolve(batch);
    waiting = null;
  });
  worker.on('error', (error) => fail(error instanceof Error ? error : new Error(String(error))));
  worker.on('exit', (code) => {
    if (!closed) fail(new Error(`the thread that prepares batches ended (${code})`));
  });
  const sample = plan.data.images.length / plan.data.count;
  for (let i = 0; i < PREFETCHED; i++) order(batchBuffers(plan.batch, sample));

  return {
    async next() {
      if (lent !== null) order(lent);
      lent = null;
      if (failure !== null) throw failure;
      const batch =
        ready.shift() ??
        (await new Promise<PreparedBatch>((resolve, reject) => {
          waiting = { resolve, reject };
        }));
      lent = batch;
      return {
        size: batch.size,
        images: new Float32Array(batch.images, 0, batch.size * sample),
        labels: new BigInt64Array(batch.labels, 0, batch.size),
      };
    },
    async close() {
      closed = true;
      await worker.terminate();
    },
  };
}

/** The same batches, prepared as they are asked for, on this thread. */
export function directFeed(plan: BatchPlan): BatchFeed {
  const batches = planned(plan);
  return {
    next: async () => batches.next().value as Batch,
    close: async () => {},
  };
}

function* planned({ data, indices, batch, seed, first }: BatchPlan): Generator<Batch> {
  yield* batchesOf(data, epochOrder(indices, seed, first.epoch).subarray(first.batch * batch), batch);
  for (let epoch = first.epoch + 1; ; epoch++) yield* batchesOf(data, epochOrder(indices, seed, epoch), batch);
}
