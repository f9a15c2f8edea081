import { permutation, random } from '../random/philox.ts';
import type { Dataset } from './dataset.ts';

/** The order in which epoch `epoch` (from 0) of the run with this seed takes `indices`. */
export function epochOrder(indices: Uint32Array, seed: number, epoch: number): Uint32Array {
  return permutation(indices.length, random(seed, `shuffle/${epoch}`)).map((at) => indices[at] as number);
}

/** How many batches an epoch has; the last may be short. */
export const batchCount = (samples: number, batch: number): number => Math.ceil(samples / batch);

/** A batch as the programs take it: `images` [size, C, H, W] in [0, 1], `labels` [size]. */
export interface Batch {
  readonly size: number;
  readonly images: Float32Array<ArrayBuffer>;
  readonly labels: BigInt64Array<ArrayBuffer>;
}

/** Buffers of a batch, of at least the size needed; they are reused from batch to batch. */
export interface BatchBuffers {
  readonly images: ArrayBuffer;
  readonly labels: ArrayBuffer;
}

export const batchBuffers = (batch: number, sampleSize: number): BatchBuffers => ({
  images: new ArrayBuffer(4 * batch * sampleSize),
  labels: new ArrayBuffer(8 * batch),
});

/** Gathers the samples `indices` into `buffers`, in that order. */
export function fillBatch(data: Dataset, indices: Uint32Array, buffers: BatchBuffers): Batch {
  const size = indices.length;
  const sample = data.images.length / data.count;
  const images = new Float32Array(buffers.images, 0, size * sample);
  const labels = new BigInt64Array(buffers.labels, 0, size);
  for (let row = 0; row < size; row++) {
    const index = indices[row] as number;
    const from = index * sample;
    const to = row * sample;
    for (let i = 0; i < sample; i++) images[to + i] = (data.images[from + i] as number) / 255;
    labels[row] = BigInt(data.labels[index] as number);
  }
  return { size, images, labels };
}

/** The batches of `indices` in order, in fresh buffers. */
export function* batchesOf(data: Dataset, indices: Uint32Array, batch: number): Generator<Batch> {
  const sample = data.images.length / data.count;
  for (let from = 0; from < indices.length; from += batch) {
    const part = indices.subarray(from, from + batch);
    yield fillBatch(data, part, batchBuffers(part.length, sample));
  }
}
