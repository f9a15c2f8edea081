import type { DataConfig, DataFacts, TransformStep } from '../graph/document.ts';
import type { Text } from '../text.ts';
import type { ByteImage, Image, ImageShape } from '../transforms/image.ts';
import { augmented, type Pipeline, prepared, readPipeline } from '../transforms/pipeline.ts';
import type { Field } from './dataset.ts';

/** The random transforms of a training run: their values follow from seed, epoch and sample. */
export interface Augmentation {
  readonly seed: number;
  readonly epoch: number;
}

/** The steps that are on; none where the list would change nothing. */
export const stepsOn = ({ transforms = [] }: Pick<DataConfig, 'transforms'>): readonly TransformStep[] =>
  transforms.filter(({ on }) => on !== false);

/** Transforms work on images: gray or color, with an axis each for channels, rows and columns. */
export const asImageShape = ([channels, height, width, ...more]: readonly number[]): ImageShape | null =>
  (channels === 1 || channels === 3) && height !== undefined && width !== undefined && more.length === 0
    ? [channels, height, width]
    : null;

export const notImages = (name: string): Text => ({
  en: `Transforms work on images, but dataset “${name}” has none of one or three channels. Remove the transforms, or switch them off.`,
  zh: `变换用于图像，而数据集“${name}”没有单通道或三通道的图像。请删除或关闭变换。`,
});

/** Floats would be clipped and rounded to 256 values: a network would learn from other images than the user's. */
export const notBytes = (name: string): Text => ({
  en: `Transforms work on pixels of one byte, but the images of “${name}” are floating-point numbers. Save them as uint8 from 0 to 255, or switch the transforms off.`,
  zh: `变换用于单字节像素，而“${name}”的图像是浮点数。请将图像保存为 0 到 255 的 uint8，或关闭变换。`,
});

/** The transforms of a document for samples of a shape; null where they do not fit, which the check reports. */
export function pipelineFor(transforms: readonly TransformStep[], shape: readonly number[]): Pipeline | null {
  const image = asImageShape(shape);
  return image === null ? null : readPipeline(transforms, image).pipeline;
}

/** Facts of the dataset with the shapes that its samples have after the transforms: those that the network gets. */
export function preparedFacts(facts: DataFacts, data: Pick<DataConfig, 'transforms'>): DataFacts {
  if (stepsOn(data).length === 0) return facts;
  const inputs = facts.inputs.map((input) => ({
    ...input,
    shape: pipelineFor(data.transforms ?? [], input.shape)?.output ?? input.shape,
  }));
  return { ...facts, inputs };
}

/** The field by which a sample is shown and transformed: its first image, or its first field where it has none. */
export const mainField = <F extends { readonly shape: readonly number[] }>(fields: readonly F[]): F | undefined =>
  fields.find(({ shape }) => asImageShape(shape) !== null) ?? fields[0];

const read = new WeakMap<readonly TransformStep[], Map<string, Pipeline>>();

/** Reads a list of transforms once for every shape. They fit, as checked before. */
function knownPipeline(transforms: readonly TransformStep[], shape: readonly number[]): Pipeline {
  const known = read.get(transforms) ?? new Map<string, Pipeline>();
  read.set(transforms, known);
  const pipeline = known.get(shape.join()) ?? pipelineFor(transforms, shape);
  if (pipeline === null) throw new Error(`the transforms do not fit samples of ${shape.join('×')}`);
  known.set(shape.join(), pipeline);
  return pipeline;
}

/** Numbers from 0 to 1 as bytes: transforms work on bytes. */
export const pixelsOf = (values: Float32Array): Uint8Array =>
  Uint8Array.from(values, (value) => Math.round(255 * Math.min(1, Math.max(0, value))));

/** One image of a dataset. Throws an Error for other fields than images of bytes, which are refused before. */
export function imageAt({ kind, data, shape }: Field, index: number): ByteImage {
  if (kind !== 'bytes') throw new Error(`transforms of ${kind}`);
  const size = shape.reduce((a, b) => a * b, 1);
  return { shape: shape as ImageShape, pixels: data.subarray(index * size, (index + 1) * size) };
}

/** The values of an image as a network takes them. */
export function writeImage({ pixels }: Image, to: Float32Array, at: number): void {
  if (pixels instanceof Float32Array) to.set(pixels, at);
  else for (let i = 0; i < pixels.length; i++) to[at + i] = (pixels[i] as number) / 255;
}

/** Writes the samples `indices` of a field after its transforms, one behind the other: as in prediction without an augmentation. */
export function fillPrepared(
  to: Float32Array,
  field: Field,
  transforms: readonly TransformStep[],
  indices: Uint32Array,
  augmentation: Augmentation | null,
): void {
  const pipeline = knownPipeline(transforms, field.shape);
  const size = pipeline.output.reduce((a, b) => a * b, 1);
  indices.forEach((sample, row) => {
    const image = imageAt(field, sample);
    const after =
      augmentation === null ? prepared(pipeline, image) : augmented(pipeline, image, { ...augmentation, sample });
    writeImage(after, to, row * size);
  });
}
