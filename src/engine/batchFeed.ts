import { Worker } from 'node:worker_threads';
import {
  type Batch,
  type BatchBuffers,
  batchBuffers,
  batchesOf,
  batchIn,
  epochOrder,
  type Samples,
} from '../data/batches.ts';

/** The batches of a run: all `indices` in a new order every epoch, starting at `first`, without end. */
export interface BatchPlan {
  readonly samples: Samples;
  readonly indices: Uint32Array;
  readonly batch: number;
  readonly seed: number;
  /** The first epoch, and the number of its samples to skip. */
  readonly first: { readonly epoch: number; readonly seen: number };
}

/** Reply of the thread for every set of buffers that it receives. */
export interface PreparedBatch {
  readonly size: number;
  readonly buffers: BatchBuffers;
}

export interface BatchFeed {
  /** The next batch of the plan, valid until the next call. */
  next(): Promise<Batch>;
  close(): Promise<void>;
}

/** Number of batches prepared ahead: enough to hide the preparation, few enough to fit into the cache. */
const PREFETCHED = 4;

/**
 * Prepares batches ahead of time in another thread. Buffers are transferred in both directions without copies; sending
 * a buffer requests the next batch.
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
  const order = (buffers: BatchBuffers) => worker.postMessage(buffers, [...buffers]);
  worker.on('message', (batch: PreparedBatch) => {
    if (waiting === null) ready.push(batch);
    else waiting.resolve(batch);
    waiting = null;
  });
  worker.on('error', (error) => fail(error instanceof Error ? error : new Error(String(error))));
  worker.on('exit', (code) => {
    if (!closed) fail(new Error(`the thread that prepares batches ended (${code})`));
  });
  for (let i = 0; i < PREFETCHED; i++) order(batchBuffers(plan.batch, plan.samples));

  return {
    async next() {
      if (lent !== null) order(lent.buffers);
      lent = null;
      if (failure !== null) throw failure;
      const batch =
        ready.shift() ??
        (await new Promise<PreparedBatch>((resolve, reject) => {
          waiting = { resolve, reject };
        }));
      lent = batch;
      return batchIn(plan.samples, batch.size, batch.buffers);
    },
    async close() {
      closed = true;
      await worker.terminate();
    },
  };
}

/** The same batches, prepared on demand in this thread. */
export function directFeed(plan: BatchPlan): BatchFeed {
  const batches = planned(plan);
  return {
    next: async () => batches.next().value as Batch,
    close: async () => {},
  };
}

function* planned({ samples, indices, batch, seed, first }: BatchPlan): Generator<Batch> {
  yield* batchesOf(samples, epochOrder(indices, seed, first.epoch).subarray(first.seen), batch);
  for (let epoch = first.epoch + 1; ; epoch++) yield* batchesOf(samples, epochOrder(indices, seed, epoch), batch);
}
