import { UserError } from '../text.ts';
import { type IdxFile, readIdx } from './idx.ts';

/** Labelled images as bytes: `images` is [count, ...shape] row-major, 0 … 255. */
export interface Dataset {
  readonly name: string;
  readonly count: number;
  /** Of one sample: [C, H, W]. */
  readonly shape: readonly number[];
  readonly images: Uint8Array;
  readonly labels: Uint8Array;
  /** One more than the largest label. */
  readonly classes: number;
}

/** Puts an IDX file of images ([count, H, W] or [count, C, H, W]) and one of labels ([count]) together. */
export function idxDataset(name: string, images: Uint8Array, labels: Uint8Array): Dataset {
  const pixels = readIdx(images, `${name} (images)`);
  const classes = readIdx(labels, `${name} (labels)`);
  const problem = mismatch(pixels, classes);
  if (problem !== null) {
    throw new UserError({
      en: `The images and labels of '${name}' do not belong together: ${problem}. Give the two files of one dataset.`,
      zh: `“${name}”的图像与标签不匹配：${problem}。请提供同一数据集的两个文件。`,
    });
  }
  const [count = 0, ...shape] = pixels.shape;
  return {
    name,
    count,
    shape: shape.length === 2 ? [1, ...shape] : shape,
    images: pixels.data,
    labels: classes.data,
    classes: classes.data.reduce((most, label) => Math.max(most, label), 0) + 1,
  };
}

function mismatch(images: IdxFile, labels: IdxFile): string | null {
  const sizes = `[${images.shape}] / [${labels.shape}]`;
  const ranksFit = (images.shape.length === 3 || images.shape.length === 4) && labels.shape.length === 1;
  return ranksFit && images.shape[0] === labels.shape[0] && images.shape[0] !== 0 ? null : sizes;
}

/** Pixels of sample `index` as the network sees them: float32 in [0, 1], [C·H·W]. */
export function sampleAt(data: Dataset, index: number): Float32Array {
  const size = data.images.length / data.count;
  return Float32Array.from(data.images.subarray(index * size, (index + 1) * size), (pixel) => pixel / 255);
}
