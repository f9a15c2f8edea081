import type { MixingConfig, TransformStep } from '../graph/document.ts';
import { permutation, random } from '../random/philox.ts';
import { requireDecoded, waitFor } from './awaitedImages.ts';
import type { Field } from './dataset.ts';
import { mixBatch } from './mixing.ts';
import { type Augmentation, fillPrepared } from './prepared.ts';

/** Shuffles `indices` for epoch `epoch` (from 0) of a run with this seed. */
export function epochOrder(indices: Uint32Array, seed: number, epoch: number): Uint32Array {
  return permutation(indices.length, random(seed, `shuffle/${epoch}`)).map((at) => indices[at] as number);
}

/** Number of batches per epoch. The last batch may be smaller. */
export const batchCount = (samples: number, batch: number): number => Math.ceil(samples / batch);

/** The batches of a run: all `indices` in a new order every epoch, starting at `first`, without end. */
export interface BatchOrder {
  readonly indices: Uint32Array;
  readonly batch: number;
  readonly seed: number;
  /** The first epoch, and the number of its samples to skip. */
  readonly first: { readonly epoch: number; readonly seen: number };
}

/** A batch to come: its epoch, the number of samples of the epoch before it, and its samples. */
export interface PlannedBatch {
  readonly epoch: number;
  readonly seen: number;
  readonly indices: Uint32Array;
}

export function* plannedBatches({ indices, batch, seed, first }: BatchOrder): Generator<PlannedBatch, never> {
  for (let epoch = first.epoch; ; epoch++) {
    const order = epochOrder(indices, seed, epoch);
    const start = epoch === first.epoch ? first.seen : 0;
    for (let at = start; at < order.length; at += batch)
      yield { epoch, seen: at, indices: order.subarray(at, at + batch) };
  }
}

/** A field of a dataset as an input of a program: its name, type, and shape of one sample, after the transforms. */
export interface Column {
  readonly input: string;
  readonly dtype: 'float32' | 'int64';
  readonly shape: readonly number[];
  readonly field: Field;
  /** Transforms of the field; absent: its values are taken as they are. */
  readonly transforms?: readonly TransformStep[];
  /** Classes as probabilities [classes], 1 for the class of the sample; absent: as indices. */
  readonly oneHot?: true;
}

/** A dataset as the inputs of the programs of a network. */
export interface Samples {
  readonly count: number;
  readonly columns: readonly Column[];
  /** Mixing of training batches. Classes are probabilities then. */
  readonly mixing?: MixingConfig;
}

/** Values of a batch of shape [size, ...shape of one sample]. */
export type BatchTensor =
  | { readonly dtype: 'float32'; readonly shape: readonly number[]; readonly data: Float32Array<ArrayBuffer> }
  | { readonly dtype: 'int64'; readonly shape: readonly number[]; readonly data: BigInt64Array<ArrayBuffer> };

/** One batch: a tensor for every input of a program that comes from the dataset. */
export interface Batch {
  readonly size: number;
  readonly tensors: ReadonlyMap<string, BatchTensor>;
}

const elementCount = (shape: readonly number[]): number => shape.reduce((count, size) => count * size, 1);

/** Buffers of a batch, one per column and at least as large as the batch. They are reused for every batch. */
export type BatchBuffers = readonly ArrayBuffer[];

export const batchBuffers = (batch: number, { columns }: Samples): BatchBuffers =>
  columns.map(({ dtype, shape }) => new ArrayBuffer((dtype === 'int64' ? 8 : 4) * batch * elementCount(shape)));

/** The batch in `buffers`, without a copy. */
export function batchIn({ columns }: Samples, size: number, buffers: BatchBuffers): Batch {
  const tensors = columns.map(({ input, dtype, shape: sample }, i): [string, BatchTensor] => {
    const shape = [size, ...sample];
    const [buffer, count] = [buffers[i] as ArrayBuffer, elementCount(shape)];
    if (dtype === 'int64') return [input, { dtype, shape, data: new BigInt64Array(buffer, 0, count) }];
    return [input, { dtype, shape, data: new Float32Array(buffer, 0, count) }];
  });
  return { size, tensors: new Map(tensors) };
}

/**
 * Writes the samples `indices` into `buffers`, in this order. Random transforms run only with an augmentation, which is that
 * of a training run: everything else sees the samples as in prediction.
 */
export function fillBatch(
  samples: Samples,
  indices: Uint32Array,
  buffers: BatchBuffers,
  augmentation: Augmentation | null = null,
): Batch {
  const batch = batchIn(samples, indices.length, buffers);
  for (const column of samples.columns) {
    fill(batch.tensors.get(column.input) as BatchTensor, column, indices, augmentation);
  }
  return batch;
}

/** Blocks this thread until the images of a batch are decoded. Throws an Error for one that cannot be. */
export function waitForImages({ columns }: Samples, indices: Uint32Array): void {
  for (const { field } of columns) {
    if (field.kind === 'bytes' && field.awaited !== undefined) waitFor(field.awaited, indices);
  }
}

/** Writes a batch of training into `buffers`: with random transforms, and mixed if the samples are to be mixed. */
export function fillTrainingBatch(
  samples: Samples,
  { epoch, seen, indices }: PlannedBatch,
  buffers: BatchBuffers,
  seed: number,
): Batch {
  const batch = fillBatch(samples, indices, buffers, { seed, epoch });
  mixBatch(batch, samples, { seed, epoch, seen });
  return batch;
}

function fill(
  to: BatchTensor,
  { field, transforms, oneHot, shape }: Column,
  indices: Uint32Array,
  augmentation: Augmentation | null,
): void {
  const sample = elementCount(field.shape);
  if (field.kind === 'bytes' && field.awaited !== undefined) requireDecoded(field.awaited, indices);
  if (to.dtype === 'int64') fillClasses(to.data, field.data, sample, indices);
  else if (oneHot === true) fillOneHot(to.data, field.data, elementCount(shape), indices);
  else if (transforms !== undefined) fillPrepared(to.data, field, transforms, indices, augmentation);
  else if (field.kind === 'bytes') fillPixels(to.data, field.data, sample, indices);
  else {
    for (let row = 0; row < indices.length; row++) {
      const start = (indices[row] as number) * sample;
      to.data.set(field.data.subarray(start, start + sample), row * sample);
    }
  }
}

function fillPixels(to: Float32Array, from: Uint8Array, sample: number, indices: Uint32Array): void {
  for (let row = 0; row < indices.length; row++) {
    const start = (indices[row] as number) * sample;
    const at = row * sample;
    for (let i = 0; i < sample; i++) to[at + i] = (from[start + i] as number) / 255;
  }
}

function fillClasses(to: BigInt64Array, from: ArrayLike<number>, sample: number, indices: Uint32Array): void {
  for (let row = 0; row < indices.length; row++) {
    const start = (indices[row] as number) * sample;
    for (let i = 0; i < sample; i++) to[row * sample + i] = BigInt(from[start + i] as number);
  }
}

function fillOneHot(to: Float32Array, from: ArrayLike<number>, classes: number, indices: Uint32Array): void {
  to.fill(0);
  for (let row = 0; row < indices.length; row++) to[row * classes + (from[indices[row] as number] as number)] = 1;
}

/** The batches of `indices` in order, in new buffers, as in prediction. */
export function* batchesOf(samples: Samples, indices: Uint32Array, batch: number): Generator<Batch> {
  for (let from = 0; from < indices.length; from += batch) {
    const part = indices.subarray(from, from + batch);
    yield fillBatch(samples, part, batchBuffers(part.length, samples));
  }
}
