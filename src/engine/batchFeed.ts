import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import {
  type Batch,
  type BatchBuffers,
  type BatchOrder,
  batchBuffers,
  batchIn,
  fillTrainingBatch,
  plannedBatches,
  type Samples,
} from '../data/batches.ts';

/** The batches of a run, and where their samples come from. */
export interface BatchPlan extends BatchOrder {
  readonly samples: Samples;
}

/** Work of one thread: of `of` batches in turn the one at `at`. */
export interface ThreadPlan extends BatchPlan {
  readonly turn: { readonly at: number; readonly of: number };
}

/** Reply of a thread for every set of buffers that it receives. */
export interface PreparedBatch {
  readonly size: number;
  readonly buffers: BatchBuffers;
}

export interface BatchFeed {
  /** The next batch of the plan, valid until the next call. */
  next(): Promise<Batch>;
  close(): Promise<void>;
}

/** A feed that prepares batches in other threads. */
export interface ThreadedFeed extends BatchFeed {
  readonly threads: number;
}

/** Number of batches prepared ahead: enough to hide the preparation, few enough to fit into the cache. */
const PREFETCHED = 4;
/** More threads than this take memory, and no step is as fast as they are. */
const MOST_THREADS = 8;

/** Copying samples takes one thread; transforms take all cores but the one of the training step. */
const threadCount = ({ columns }: Samples): number =>
  columns.some(({ transforms }) => transforms !== undefined)
    ? Math.max(1, Math.min(MOST_THREADS, availableParallelism() - 1))
    : 1;

/**
 * Prepares batches ahead of time in other threads, which take turns: the order is that of the plan, however many they are.
 * Buffers are transferred in both directions without copies; sending a buffer requests the next batch of a thread.
 */
export function threadedFeed(plan: BatchPlan, script: string, of = threadCount(plan.samples)): ThreadedFeed {
  const threads = Array.from({ length: of }, (_, at) => new FeedThread({ ...plan, turn: { at, of } }, script));
  let [turn, lent]: [number, { thread: FeedThread; buffers: BatchBuffers } | null] = [0, null];
  return {
    threads: of,
    async next() {
      lent?.thread.order(lent.buffers);
      lent = null;
      const thread = threads[turn] as FeedThread;
      const { size, buffers } = await thread.take();
      turn = (turn + 1) % of;
      lent = { thread, buffers };
      return batchIn(plan.samples, size, buffers);
    },
    async close() {
      await Promise.all(threads.map((thread) => thread.close()));
    },
  };
}

/** One thread and the batches that it has ready, in order. */
class FeedThread {
  readonly #worker: Worker;
  readonly #ready: PreparedBatch[] = [];
  #waiting: { resolve: (batch: PreparedBatch) => void; reject: (error: Error) => void } | null = null;
  #failure: Error | null = null;
  #closed = false;

  constructor(plan: ThreadPlan, script: string) {
    this.#worker = new Worker(script, { workerData: plan });
    this.#worker.on('message', (batch: PreparedBatch) => {
      if (this.#waiting === null) this.#ready.push(batch);
      else this.#waiting.resolve(batch);
      this.#waiting = null;
    });
    this.#worker.on('error', (error) => this.#fail(error instanceof Error ? error : new Error(String(error))));
    this.#worker.on('exit', (code) => {
      if (!this.#closed) this.#fail(new Error(`the thread that prepares batches ended (${code})`));
    });
    const ahead = Math.max(2, Math.ceil(PREFETCHED / plan.turn.of));
    for (let i = 0; i < ahead; i++) this.order(batchBuffers(plan.batch, plan.samples));
  }

  order(buffers: BatchBuffers): void {
    this.#worker.postMessage(buffers, [...buffers]);
  }

  async take(): Promise<PreparedBatch> {
    if (this.#failure !== null) throw this.#failure;
    return (
      this.#ready.shift() ??
      new Promise<PreparedBatch>((resolve, reject) => {
        this.#waiting = { resolve, reject };
      })
    );
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#worker.terminate();
  }

  #fail(error: Error): void {
    this.#failure ??= error;
    this.#waiting?.reject(this.#failure);
    this.#waiting = null;
  }
}

/** The same batches, prepared on demand in this thread. */
export function directFeed(plan: BatchPlan): BatchFeed {
  const batches = filledBatches(plan);
  return {
    next: async () => batches.next().value as Batch,
    close: async () => {},
  };
}

function* filledBatches({ samples, ...plan }: BatchPlan): Generator<Batch> {
  for (const planned of plannedBatches(plan)) {
    yield fillTrainingBatch(samples, planned, batchBuffers(planned.indices.length, samples), plan.seed);
  }
}
