import { permutation, random } from '../random/philox.ts';
import type { Field } from './dataset.ts';

/** The order in which epoch `epoch` (from 0) of the run with this seed takes `indices`. */
export function epochOrder(indices: Uint32Array, seed: number, epoch: number): Uint32Array {
  return permutation(indices.length, random(seed, `shuffle/${epoch}`)).map((at) => indices[at] as number);
}

/** How many batches an epoch has; the last may be short. */
export const batchCount = (samples: number, batch: number): number => Math.ceil(samples / batch);

/** A field of a dataset as an input of programs takes it: under that name, with that type and shape of a sample. */
export interface Column {
  readonly input: string;
  readonly dtype: 'float32' | 'int64';
  readonly shape: readonly number[];
  readonly field: Field;
}

/** A dataset as a network takes it. */
export interface Samples {
  readonly count: number;
  readonly columns: readonly Column[];
}

/** Numbers of a batch: [size, ...shape of a sample]. */
export type BatchTensor =
  | { readonly dtype: 'float32'; readonly shape: readonly number[]; readonly data: Float32Array<ArrayBuffer> }
  | { readonly dtype: 'int64'; readonly shape: readonly number[]; readonly data: BigInt64Array<ArrayBuffer> };

/** A batch as programs take it: a tensor for every input that it fills. */
export interface Batch {
  readonly size: number;
  readonly tensors: ReadonlyMap<string, BatchTensor>;
}

const elementCount = (shape: readonly number[]): number => shape.reduce((count, size) => count * size, 1);

/** Buffers of a batch, one for each column, of at least the size needed; they are reused from batch to batch. */
export type BatchBuffers = readonly ArrayBuffer[];

export const batchBuffers = (batch: number, { columns }: Samples): BatchBuffers =>
  columns.map(({ dtype, shape }) => new ArrayBuffer((dtype === 'int64' ? 8 : 4) * batch * elementCount(shape)));

/** The batch that lies in `buffers`. */
export function batchIn({ columns }: Samples, size: number, buffers: BatchBuffers): Batch {
  const tensors = columns.map(({ input, dtype, shape: sample }, i): [string, BatchTensor] => {
    const shape = [size, ...sample];
    const [buffer, count] = [buffers[i] as ArrayBuffer, elementCount(shape)];
    if (dtype === 'int64') return [input, { dtype, shape, data: new BigInt64Array(buffer, 0, count) }];
    return [input, { dtype, shape, data: new Float32Array(buffer, 0, count) }];
  });
  return { size, tensors: new Map(tensors) };
}

/** Gathers the samples `indices` into `buffers`, in that order. */
export function fillBatch(samples: Samples, indices: Uint32Array, buffers: BatchBuffers): Batch {
  const batch = batchIn(samples, indices.length, buffers);
  for (const { input, field } of samples.columns) fill(batch.tensors.get(input) as BatchTensor, field, indices);
  return batch;
}

function fill(to: BatchTensor, field: Field, indices: Uint32Array): void {
  const sample = elementCount(field.shape);
  if (to.dtype === 'int64') fillClasses(to.data, field.data, sample, indices);
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

/** The batches of `indices` in order, in fresh buffers. */
export function* batchesOf(samples: Samples, indices: Uint32Array, batch: number): Generator<Batch> {
  for (let from = 0; from < indices.length; from += batch) {
    const part = indices.subarray(from, from + batch);
    yield fillBatch(samples, part, batchBuffers(part.length, samples));
  }
}
