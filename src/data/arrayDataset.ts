import { UserError } from '../text.ts';
import { channelsFirst, oneHotLabels } from './axes.ts';
import { type Dataset, type Field, PARTS } from './dataset.ts';
import { MOST_CLASSES } from './tableDataset.ts';

/** Numbers of any source, row-major. */
export interface NumberArray {
  readonly shape: readonly number[];
  readonly data: Uint8Array | Float32Array | Float64Array;
}

/** Names that the samples and targets of a dataset have in archives of arrays, in order of preference. */
const SAMPLES = ['x', 'images', 'data', 'inputs', 'features'];
const TARGETS = ['y', 'labels', 'targets', 'target', 'label'];
const PART_NAMES = {
  train: ['train', 'training'],
  validation: ['val', 'valid', 'validation'],
  test: ['test', 'testing'],
} as const;

/** The array of one of the names, alone or with the name of a part before or behind it (`x_train`, `train_images`). */
function arrayOf<A>(
  arrays: ReadonlyMap<string, A>,
  names: readonly string[],
  part: readonly string[] | null,
): A | null {
  for (const name of names) {
    const wanted =
      part === null ? [name] : part.flatMap((each) => [`${name}_${each}`, `${each}_${name}`, `${each}${name}`]);
    for (const [key, array] of arrays) if (wanted.includes(key.toLowerCase())) return array;
  }
  return null;
}

/**
 * Arrays with names (an .npz archive or a safetensors file) as a dataset: samples `x` and targets `y` (or `images` and `labels`,
 * …), alone or in parts (`x_train`, `y_train`, `x_test`, `y_test`). Throws UserError where there are no such pairs.
 */
export function arrayDataset(name: string, arrays: ReadonlyMap<string, NumberArray>): Dataset {
  const pair = (part: readonly string[] | null) => {
    const [samples, targets] = [arrayOf(arrays, SAMPLES, part), arrayOf(arrays, TARGETS, part)];
    return samples === null || targets === null ? null : { samples, targets };
  };
  const whole = pair(null);
  const parts = (Object.keys(PARTS) as (keyof typeof PARTS)[]).flatMap((part) => {
    const found = whole === null ? pair(PART_NAMES[part]) : null;
    return found === null ? [] : [{ ...found, part: PARTS[part] }];
  });
  const pieces = whole === null ? parts : [{ ...whole, part: PARTS.train }];
  const [first] = pieces;
  if (first === undefined) throw noPair(name, [...arrays.keys()]);
  for (const { samples, targets } of pieces) {
    const [has, answered] = [samples.shape[0] ?? 0, targets.shape[0] ?? 0];
    if (has !== answered || has === 0) throw otherCount(name, has, answered);
    if (samples.shape.slice(1).join() !== first.samples.shape.slice(1).join()) throw otherShape(name);
  }
  const samples = joined(pieces.map((piece) => piece.samples));
  const targets = joined(pieces.map((piece) => piece.targets));
  const count = samples.shape[0] as number;
  const dataset = {
    name,
    count,
    inputs: [inputField(name, samples)],
    targets: [targetField(name, targets)],
  };
  if (pieces.length === 1) return dataset;
  const marks = Uint8Array.from(pieces.flatMap(({ samples: each, part }) => Array(each.shape[0] ?? 0).fill(part)));
  return { ...dataset, parts: marks };
}

function joined(arrays: readonly NumberArray[]): NumberArray {
  const [first] = arrays as [NumberArray];
  if (arrays.length === 1) return first;
  const length = arrays.reduce((sum, { data }) => sum + data.length, 0);
  const bytes = arrays.every(({ data }) => data instanceof Uint8Array);
  const data = bytes ? new Uint8Array(length) : new Float64Array(length);
  let at = 0;
  for (const each of arrays) {
    data.set(each.data, at);
    at += each.data.length;
  }
  return { shape: [arrays.reduce((sum, { shape }) => sum + (shape[0] ?? 0), 0), ...first.shape.slice(1)], data };
}

/** Bytes of images are pixels; their channels stand first in what a network takes, and often last in arrays. */
function inputField(name: string, { shape, data }: NumberArray): Field {
  const sample = shape.slice(1);
  const [height = 1, width = 1, channels = 1] = sample;
  const isImage = data instanceof Uint8Array && sample.length >= 2;
  const isLast = sample.length === 3 && channels <= 4 && height > 4;
  const moved = isLast ? channelsFirst(data, height * width, channels) : data;
  const own = isLast ? [channels, height, width] : isImage && sample.length === 2 ? [1, ...sample] : sample;
  if (moved instanceof Uint8Array && isImage) return { name: 'image', kind: 'bytes', shape: own, data: moved };
  const numbers = Float32Array.from(moved);
  const bad = numbers.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0)
    throw notFinite(
      name,
      Math.floor(
        bad /
          Math.max(
            1,
            own.reduce((a, b) => a * b, 1),
          ),
      ),
    );
  return {
    name: own.length === 3 ? 'image' : 'features',
    kind: 'numbers',
    shape: own.length === 0 ? [1] : own,
    data: numbers,
  };
}

function targetField(name: string, { shape, data }: NumberArray): Field {
  const width = shape.slice(1).reduce((product, length) => product * length, 1);
  const count = shape[0] as number;
  const isWhole = data.every((value) => Number.isInteger(value) && value >= 0);
  const labels = width === 1 ? data : oneHotLabels(data, width);
  if (isWhole && !labels.includes(-1)) {
    const most = Float64Array.from(labels).reduce((top, label) => Math.max(top, label), 0);
    if (most < MOST_CLASSES && most + 1 <= count) {
      return { name: 'label', kind: 'classes', classes: most + 1, shape: [], data: Uint8Array.from(labels) };
    }
  }
  const numbers = Float32Array.from(data);
  const bad = numbers.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) throw notFinite(name, Math.floor(bad / width));
  return { name: 'target', kind: 'numbers', shape: width === 1 ? [1] : shape.slice(1), data: numbers };
}

const noPair = (name: string, keys: readonly string[]) =>
  new UserError({
    en: `“${name}” has no pair of samples and targets. Its arrays are: ${keys.join(', ')}. Name them x and y, or x_train, y_train, x_test and y_test.`,
    zh: `“${name}”中没有成对的样本和目标。其中的数组：${keys.join('、')}。请命名为 x 和 y，或 x_train、y_train、x_test、y_test。`,
  });

const otherCount = (name: string, samples: number, targets: number) =>
  new UserError({
    en: `“${name}” has ${samples} samples and ${targets} targets. Give one target per sample.`,
    zh: `“${name}”有 ${samples} 个样本和 ${targets} 个目标。每个样本应有一个目标。`,
  });

const otherShape = (name: string) =>
  new UserError({
    en: `The parts of “${name}” have samples of different shapes. Give all samples the same shape.`,
    zh: `“${name}”各部分的样本形状不同。请使所有样本形状一致。`,
  });

const notFinite = (name: string, sample: number) =>
  new UserError({
    en: `Sample ${sample} of “${name}” contains NaN, infinity or a number above 3.4e38. Correct the file, or remove the sample.`,
    zh: `“${name}”的第 ${sample} 个样本含有 NaN、无穷大或超过 3.4e38 的数。请修正文件，或去除该样本。`,
  });
