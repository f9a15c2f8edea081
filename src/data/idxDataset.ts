import { UserError } from '../text.ts';
import { channelsFirst, oneHotLabels } from './axes.ts';
import type { Dataset, Field } from './dataset.ts';
import { type IdxFile, type IdxNumbers, readIdx } from './idx.ts';
import { type Labels, labelsFrom, MOST_CLASSES } from './labels.ts';

/** Interpretation of data files that can be read in more than one way. */
export interface DataLayout {
  /** `last`: images are stored as [count, H, W, C]. Absent: as [count, C, H, W]. */
  readonly channels?: 'last' | undefined;
}

const MOST = MOST_CLASSES - 1;

/**
 * Makes a dataset of an IDX file of samples (images as [count, H, W] or [count, C, H, W]) and an IDX file of labels
 * ([count], [count, 1], or one-hot [count, classes]). Throws UserError.
 */
export function idxDataset(name: string, images: Uint8Array, labels: Uint8Array, layout: DataLayout = {}): Dataset {
  const pixels = readIdx(images, `${name} (images)`);
  const count = pixels.shape[0] as number;
  const read = readIdx(labels, `${name} (labels)`);
  if (count === 0) throw noSamples(name);
  if (read.shape[0] !== count) throw otherCount(name, count, read.shape[0] as number);
  const classes = classesOf(name, read);
  return {
    name,
    count,
    inputs: [imageField(name, pixels, layout)],
    targets: [
      {
        name: 'label',
        kind: 'classes',
        classes: largest(classes) + 1,
        shape: [],
        data: classes,
        ...(isOneHot(read) ? { form: 'one-hot' as const } : {}),
      },
    ],
  };
}

function imageField(name: string, { shape: [, ...shape], data }: IdxFile, { channels }: DataLayout): Field {
  const [height = 1, width = 1, depth = 1] = shape;
  const isLast = channels === 'last' && shape.length === 3;
  const sample = isLast ? [depth, height, width] : shape.length === 2 ? [1, ...shape] : shape;
  const numbers = isLast ? channelsFirst(data, height * width, depth) : data;
  if (numbers instanceof Uint8Array) return { name: 'image', kind: 'bytes', shape: sample, data: numbers };
  // Files of larger types often contain only bytes, which are kept as bytes to save memory.
  if (numbers.every((value) => Number.isInteger(value) && value >= 0 && value <= 255) && largest(numbers) > 1) {
    return { name: 'image', kind: 'bytes', shape: sample, data: Uint8Array.from(numbers) };
  }
  const floats = Float32Array.from(numbers);
  const lost = floats.findIndex((value) => !Number.isFinite(value));
  if (lost >= 0) throw notFinite(name, Math.floor(lost / sample.reduce((product, length) => product * length, 1)));
  return { name: 'image', kind: 'numbers', shape: sample, data: floats };
}

const perSample = (shape: readonly number[]): number => shape.slice(1).reduce((product, length) => product * length, 1);

/** True for labels of several values per sample. */
const isOneHot = ({ shape }: Pick<IdxFile, 'shape'>): boolean => perSample(shape) !== 1;

/** One class index per sample. */
function classesOf(name: string, { shape, data }: IdxFile): Labels {
  const labels = isOneHot({ shape }) ? oneHotClasses(name, shape, data, perSample(shape)) : data;
  for (const [at, label] of labels.entries()) {
    if (!Number.isInteger(label) || label < 0 || label > MOST) throw noClass(name, at, label);
  }
  return labelsFrom(largest(labels) + 1, labels);
}

function oneHotClasses(name: string, shape: readonly number[], data: IdxNumbers, classes: number): number[] {
  const labels = oneHotLabels(data, classes);
  const wrong = labels.indexOf(-1);
  if (wrong >= 0) throw noLabels(name, shape, wrong);
  return labels;
}

const largest = (data: Iterable<number>): number => {
  let most = 0;
  for (const value of data) most = Math.max(most, value);
  return most;
};

/** The distinct labels in ascending order. */
export const distinct = (labels: Labels): number[] => [...new Set(labels)].sort((a, b) => a - b);

const noSamples = (name: string) =>
  new UserError({
    en: `“${name}” contains no samples. Choose a file with samples.`,
    zh: `“${name}”不含样本。请选择含有样本的文件。`,
  });

const notFinite = (name: string, sample: number) =>
  new UserError({
    en: `Sample ${sample} of “${name}” contains NaN, infinity or a value above 3.4e38. Fix the file, or remove the sample from it.`,
    zh: `“${name}”的第 ${sample} 个样本含有 NaN、无穷大或超过 3.4e38 的值。请修正文件，或从中删除该样本。`,
  });

const otherCount = (name: string, images: number, labels: number) =>
  new UserError({
    en: `The image and label files of “${name}” do not match: there are ${images} images and ${labels} labels. Choose two files of one dataset.`,
    zh: `“${name}”的图像与标签不匹配：有 ${images} 张图像和 ${labels} 个标签。请选择同一数据集的两个文件。`,
  });

const noClass = (name: string, at: number, label: number) =>
  new UserError({
    en: `Label ${at} of “${name}” is ${label}, but a class must be a whole number from 0 to ${MOST}. Number the classes in the file from 0.`,
    zh: `“${name}”的第 ${at} 个标签为 ${label}，而类别应为 0 到 ${MOST} 的整数。请在文件中将类别从 0 开始编号。`,
  });

const noLabels = (name: string, shape: readonly number[], at: number) =>
  new UserError({
    en: `The labels of “${name}” have shape [${shape.join(', ')}], but sample ${at} is not one-hot (a single 1, otherwise 0). Use one class per sample, or one-hot rows.`,
    zh: `“${name}”的标签形状为 [${shape.join(', ')}]，但第 ${at} 个样本不是独热编码（仅有一个 1，其余为 0）。请为每个样本使用一个类别，或使用独热编码的行。`,
  });
