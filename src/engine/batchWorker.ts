// The thread that prepares batches: gathers, scales and stacks samples ahead of the training steps.
import { parentPort, workerData } from 'node:worker_threads';
import { type BatchBuffers, epochOrder, fillBatch } from '../data/batches.ts';
import type { BatchPlan, PreparedBatch } from './batchFeed.ts';

const { samples, indices, batch, seed, first } = workerData as BatchPlan;
let { epoch } = first;
let order = epochOrder(indices, seed, epoch);
let at = first.seen;

parentPort?.on('message', (buffers: BatchBuffers) => {
  if (at >= order.length) {
    epoch++;
    order = epochOrder(indices, seed, epoch);
    at = 0;
  }
  const { size } = fillBatch(samples, order.subarray(at, at + batch), buffers);
  at += batch;
  const prepared: PreparedBatch = { size, buffers };
  parentPort?.postMessage(prepared, [...buffers]);
});
