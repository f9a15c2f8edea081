import { batchBuffers, fillBatch, type Samples } from '../data/batches.ts';
import type { Dataset } from '../data/dataset.ts';
import { type Augmentation, asImageShape, imageAt, mainField, notBytes, notImages } from '../data/prepared.ts';
import type { DataConfig, NetworkDocument } from '../graph/document.ts';
import type { CallAnswer, CallArgs } from '../protocol/calls.ts';
import { UserError } from '../text.ts';
import { drawSteps, type Pipeline, prepared, readPipeline } from '../transforms/pipeline.ts';
import { createYield } from './createYield.ts';
import { lastSplit } from './lastSplit.ts';
import { inputColumn } from './network.ts';
import { noSample } from './samples.ts';

/**
 * A training sample in consecutive epochs, made by the code that fills the batches of training. Throws UserError where the data
 * has no images, or the transforms do not fit them.
 */
export function variantsOf(
  data: Dataset,
  { document, sample, epoch: first, count }: CallArgs<'variants'>,
): CallAnswer<'variants'> {
  const { config, field, shape } = imagesOf(data, document);
  const split = lastSplit(data, config);
  const { train } = split;
  const { index, at } = placeOf(data, train, sample);
  const part = split.validation.includes(index) ? 'validation' : split.test.includes(index) ? 'test' : 'train';
  const { seed } = document.recipe;
  const filled = (transforms: DataConfig['transforms'], augmentation: Augmentation | null) => {
    const column = inputColumn(data, field, 'image', { ...config, transforms });
    const samples: Samples = { count: data.count, columns: [column] };
    const batch = fillBatch(samples, Uint32Array.of(index), batchBuffers(1, samples), augmentation);
    return { shape: [...column.shape], data: batch.tensors.get('image')?.data as Float32Array<ArrayBuffer> };
  };
  const before = filled([], null);
  const prediction = filled(config.transforms, null);
  const pipeline = pipelineOf(config.transforms ?? [], shape);
  const variants = Array.from({ length: count }, (_, i) => {
    const epoch = first + i;
    const values = drawSteps(pipeline, { seed, epoch, sample: index });
    const drawn = pipeline.train.flatMap(({ place, transform }, step) => {
      const value = values[step] ?? null;
      return transform.random ? [{ place, caption: value === null ? null : transform.caption(value) }] : [];
    });
    return { epoch, ...filled(config.transforms, { seed, epoch }), drawn };
  });
  return { index, at, part, total: train.length, before, prediction, variants };
}

/** The index in the dataset of the sample that is asked for. */
export const variantIndex = (data: Dataset, { document, sample }: CallArgs<'variants'>): number =>
  placeOf(data, lastSplit(data, document.data).train, sample).index;

/** The index of a sample in the dataset, and its place in the training set, or that of the next one there. */
function placeOf(
  { name, count }: Dataset,
  train: Uint32Array,
  sample: CallArgs<'variants'>['sample'],
): { readonly index: number; readonly at: number } {
  if (sample.kind === 'training') {
    const at = ((sample.at % train.length) + train.length) % train.length;
    return { index: train[at] as number, at };
  }
  const { index } = sample;
  if (index >= count) throw noSample(name, count, index);
  const at = train.findIndex((each) => each >= index);
  return { index, at: at < 0 ? 0 : at };
}

const VALUES = 256;

/** Moments of every channel over the training samples after the deterministic transforms before `place`. */
export async function channelMoments(
  data: Dataset,
  { document, place }: CallArgs<'channelMoments'>,
): Promise<CallAnswer<'channelMoments'>> {
  const { config, field, shape } = imagesOf(data, document);
  const pipeline = pipelineOf((config.transforms ?? []).slice(0, place), shape);
  const { train } = lastSplit(data, config);
  const [channels, height, width] = pipeline.output;
  const counts = Array.from({ length: channels }, () => new Float64Array(VALUES));
  const rest = createYield();
  for (const index of train) {
    const { pixels } = prepared(pipeline, imageAt(field, index));
    counts.forEach((count, c) => {
      for (let i = c * height * width; i < (c + 1) * height * width; i++) {
        const value = pixels[i] as number;
        count[value] = (count[value] as number) + 1;
      }
    });
    await rest();
  }
  const moments = counts.map(momentsOf);
  return { count: train.length, mean: moments.map(({ mean }) => mean), std: moments.map(({ std }) => std) };
}

/** Of byte values with these counts, as numbers from 0 to 1. */
function momentsOf(counts: Float64Array): { mean: number; std: number } {
  const total = counts.reduce((a, b) => a + b, 0);
  const mean = counts.reduce((sum, count, value) => sum + count * value, 0) / total;
  const variance = counts.reduce((sum, count, value) => sum + count * (value - mean) ** 2, 0) / total;
  return { mean: mean / (VALUES - 1), std: Math.sqrt(variance) / (VALUES - 1) };
}

/** The images of a dataset, which may have other inputs, too. */
function imagesOf(data: Dataset, { data: config }: NetworkDocument) {
  const field = mainField(data.inputs);
  const shape = field === undefined ? null : asImageShape(field.shape);
  if (field === undefined || shape === null) throw new UserError(notImages(data.name));
  if (field.kind !== 'bytes') throw new UserError(notBytes(data.name));
  return { config, field, shape };
}

function pipelineOf(transforms: DataConfig['transforms'], shape: Pipeline['input']): Pipeline {
  const { pipeline, problems } = readPipeline(transforms, shape);
  if (pipeline !== null) return pipeline;
  throw new UserError(problems[0].message);
}
