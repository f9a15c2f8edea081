import type { CheckedGraph } from '../check/checkedGraph.ts';
import { batchBuffers, type Column, fillBatch, type Samples } from '../data/batches.ts';
import type { Dataset } from '../data/dataset.ts';
import { splitOf } from '../data/split.ts';
import type { ElementType } from '../elementTypes.ts';
import type { Program, ProgramInput } from '../ir/program.ts';
import { BATCH, knownDims } from '../ir/shape.ts';
import { elementCount, type Tensor } from '../ir/tensor.ts';
import { argumentValues } from '../onnx/argumentValues.ts';
import type { GraphProto, ModelProto } from '../onnx/gen/onnx_pb.ts';
import { decodeModel } from '../onnx/read.ts';
import { writeModel } from '../onnx/write.ts';
import { random } from '../random/philox.ts';
import { asType } from './feeds.ts';
import { inputColumn } from './network.ts';
import type { Tensors } from './session.ts';

/** An input of an exported network, with the field of the dataset that fits it. */
export interface ExportInput {
  readonly name: string;
  readonly dtype: ElementType;
  /** False for an input without a batch axis, which has the same values for all samples. */
  readonly batch: boolean;
  /** Shape of one sample. */
  readonly shape: readonly number[];
  /** Null without a fitting field: samples are random values in [0, 1) then. */
  readonly column: Column | null;
  /** Numbers for an input that an ONNX operator takes as an argument. */
  readonly values?: readonly number[] | undefined;
}

/** The inputs of a program and the fields that fit them. */
export const exportInputs = (
  { document }: CheckedGraph,
  data: Dataset | null,
  inputs: readonly ProgramInput[],
): ExportInput[] =>
  inputs.map(({ value: { name, dtype, shape: full } }) => {
    const batch = full[0] === BATCH;
    const shape = knownDims(batch ? full.slice(1) : full, name);
    const columns = (batch ? (data?.inputs ?? []) : [])
      .map((field) => inputColumn(data as Dataset, field, name, document.data))
      .filter((column) => column.shape.join() === shape.join());
    return {
      name,
      dtype,
      batch,
      shape,
      column: columns.find(({ field }) => field.name === name) ?? columns[0] ?? null,
    };
  });

/** The inputs with numbers that suit the ops which take them as arguments. */
export function withArguments(inputs: readonly ExportInput[], program: Program, opset: number): ExportInput[] {
  if (inputs.every(({ dtype, batch }) => dtype === 'float32' && batch)) return [...inputs];
  const { graph } = decodeModel(writeModel(program, { opset, valueInfo: true })) as ModelProto;
  const full = inputs.map(({ name, dtype, batch, shape }) => ({ name, dtype, dims: batch ? [2, ...shape] : shape }));
  const values = argumentValues(graph as GraphProto, full, new Map([[BATCH, 2]]));
  return inputs.map((each) => ({ ...each, values: values.get(each.name) }));
}

/** Places of the samples of a batch, from `start` on: validation samples, over and over. */
export function placesOf({ document }: CheckedGraph, data: Dataset, size: number, start = 0): Uint32Array {
  const { validation } = splitOf(data, document.data);
  return Uint32Array.from({ length: size }, (_, i) => validation[(start + i) % validation.length] as number);
}

/** Samples as the network takes them. Without `places`, they are random. */
export const sampleBatch = (
  inputs: readonly ExportInput[],
  count: number,
  size: number,
  places: Uint32Array | null,
): Tensors =>
  new Map(
    inputs.map(({ name, dtype, batch, shape, column, values }): [string, Tensor] => {
      if (places === null || column === null) {
        const full = batch ? [size, ...shape] : shape;
        return [name, asType(values === undefined ? randomBatch(full, size) : repeated(values, full), dtype)];
      }
      const samples: Samples = { count, columns: [column] };
      return [name, asType(fillBatch(samples, places, batchBuffers(size, samples)).tensors.get(name) as Tensor, dtype)];
    }),
  );

/** Random values in [0, 1), the same for a batch size. */
function randomBatch(shape: readonly number[], size: number): Tensor {
  const rng = random(1, `proof/${BATCH}${size}`);
  return {
    dtype: 'float32',
    shape,
    data: Float32Array.from({ length: elementCount(shape) }, () => rng.uniform()),
  };
}

const repeated = (values: readonly number[], shape: readonly number[]): Tensor => ({
  dtype: 'float32',
  shape,
  data: Float32Array.from({ length: elementCount(shape) }, (_, i) => values[i % values.length] as number),
});
