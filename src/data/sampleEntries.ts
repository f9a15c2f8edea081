import type { DataConfig } from '../graph/document.ts';
import type { Pipeline } from '../transforms/pipeline.ts';
import { prepared } from '../transforms/pipeline.ts';
import { inputField, type NetworkInput } from './fit.ts';
import { factsOf } from './known.ts';
import { pipelineFor, pixelsOf, stepsOn, writeImage } from './prepared.ts';

/** How a sample that is no part of the dataset becomes the value of an input layer. */
export interface SampleEntry {
  /** Name of the input layer. */
  readonly name: string;
  /** Shape of the sample: that of the dataset's samples where there are transforms, else that of the input. */
  readonly shape: readonly number[];
  /** Shape that the input layer takes. */
  readonly takes: readonly number[];
  /** The sample after the transforms of prediction. `values`: one sample, pixels from 0 to 1. */
  prepare(values: Float32Array<ArrayBuffer>): Float32Array<ArrayBuffer>;
}

/** The entries of the inputs of a network, in their order. */
export function sampleEntries(data: DataConfig, inputs: readonly NetworkInput[]): readonly SampleEntry[] {
  const facts = factsOf(data);
  return inputs.map((input) => {
    const field = facts && inputField(facts.inputs, input, inputs.length);
    return sampleEntry(data, field?.shape ?? null, input);
  });
}

/** `given`: shape of the dataset's samples, where it is known. */
function sampleEntry(
  data: DataConfig,
  given: readonly number[] | null,
  { name, shape: takes }: NetworkInput,
): SampleEntry {
  const plain: SampleEntry = { name, shape: takes, takes, prepare: (values) => values };
  if (stepsOn(data).length === 0) return plain;
  for (const shape of [...(given === null ? [] : [given]), takes]) {
    const pipeline = pipelineFor(data.transforms ?? [], shape);
    if (pipeline?.output.join() !== takes.join()) continue;
    return { name, shape, takes, prepare: (values) => preparedValues(pipeline, values) };
  }
  return plain;
}

function preparedValues(pipeline: Pipeline, values: Float32Array): Float32Array<ArrayBuffer> {
  const to = new Float32Array(pipeline.output.reduce((a, b) => a * b, 1));
  writeImage(prepared(pipeline, { shape: pipeline.input, pixels: pixelsOf(values) }), to, 0);
  return to;
}
