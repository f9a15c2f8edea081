// A thread that prepares batches: gathers, transforms and stacks samples ahead of the training steps.
import { parentPort, workerData } from 'node:worker_threads';
import { type BatchBuffers, fillTrainingBatch, plannedBatches, waitForImages } from '../data/batches.ts';
import type { PreparedBatch, ThreadPlan } from './batchFeed.ts';

const { samples, turn, ...order } = workerData as ThreadPlan;
const batches = plannedBatches(order);
let at = 0;

parentPort?.on('message', (buffers: BatchBuffers) => {
  for (; at % turn.of !== turn.at; at++) batches.next();
  const planned = batches.next().value;
  at++;
  waitForImages(samples, planned.indices);
  const { size } = fillTrainingBatch(samples, planned, buffers, order.seed);
  const prepared: PreparedBatch = { size, buffers };
  parentPort?.postMessage(prepared, [...buffers]);
});
