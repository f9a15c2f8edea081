import { UserError } from '../text.ts';
import { channelsFirst, oneHotLabels } from './axes.ts';
import { type Dataset, type Field, PARTS, type Part } from './dataset.ts';
import { tooManyClasses } from './labelForms.ts';
import { classesIn, labelsFrom, MOST_CLASSES } from './labels.ts';
import { byCodePoint } from './table.ts';

/** Numbers of any source, row-major. */
export interface NumberArray {
  readonly shape: readonly number[];
  readonly data: Uint8Array | Float32Array | Float64Array;
  /** The elements where they are strings; `data` is empty then. */
  readonly words?: readonly string[];
}

/** Names that the samples and targets of a dataset have in archives of arrays, in order of preference. */
const SAMPLES = ['x', 'images', 'data', 'inputs', 'features'];
const TARGETS = ['y', 'labels', 'targets', 'target', 'label'];
const PART_NAMES = {
  train: ['train', 'training'],
  validation: ['val', 'valid', 'validation'],
  test: ['test', 'testing'],
} as const;

/** Names of further samples and targets: `x_left`, `image_2`, `y_age`. Each is a field with this name. */
const FURTHER = { samples: /^(x|image|input|features)_./, targets: /^(y|label|target)_./ } as const;

type Role = keyof typeof FURTHER;
const USUAL: Readonly<Record<Role, readonly string[]>> = { samples: SAMPLES, targets: TARGETS };

interface NamedArray {
  readonly part: Part | null;
  /** Name without that of the part, in lower case. */
  readonly base: string;
  readonly array: NumberArray;
}

/** The name of a part stands before or behind that of the array: `x_train`, `train_images`. */
function placed(key: string, array: NumberArray): NamedArray {
  const name = key.toLowerCase();
  for (const part of Object.keys(PARTS) as Part[]) {
    for (const word of PART_NAMES[part]) {
      if (name.endsWith(`_${word}`)) return { part, base: name.slice(0, -word.length - 1), array };
      const rest = name.startsWith(word) ? name.slice(word.length).replace(/^_/, '') : '';
      if (SAMPLES.includes(rest) || TARGETS.includes(rest)) return { part, base: rest, array };
    }
  }
  return { part: null, base: name, array };
}

/** The arrays of a role: the one of a usual name, the most usual first, and those with a name of their own. */
function ofRole(arrays: readonly NamedArray[], role: Role): readonly NamedArray[] {
  const usual = USUAL[role].flatMap((name) => arrays.find(({ base }) => base === name) ?? []).slice(0, 1);
  return [...usual, ...arrays.filter(({ base }) => FURTHER[role].test(base))];
}

interface Piece {
  readonly part: Part;
  readonly samples: readonly NamedArray[];
  readonly targets: readonly NamedArray[];
}

const countIn = ({ array }: NamedArray): number => array.shape[0] ?? 0;

/**
 * Arrays with names (an .npz archive or a safetensors file) as a dataset: samples `x` and targets `y` (or `images` and `labels`,
 * …), alone or in parts (`x_train`, `y_train`, `x_test`, `y_test`). Further fields have names of their own behind `x_` and `y_`.
 * Throws UserError where there are no such pairs, or where the arrays do not belong together.
 */
export function arrayDataset(name: string, arrays: ReadonlyMap<string, NumberArray>): Dataset {
  const all = [...arrays].map(([key, array]) => placed(key, array));
  const pieceOf = (part: Part | null): Piece[] => {
    const own = all.filter((each) => each.part === part);
    const piece = { part: part ?? 'train', samples: ofRole(own, 'samples'), targets: ofRole(own, 'targets') } as const;
    return piece.samples.length === 0 || piece.targets.length === 0 ? [] : [piece];
  };
  const whole = pieceOf(null);
  const pieces = whole.length > 0 ? whole : (Object.keys(PARTS) as Part[]).flatMap(pieceOf);
  const [first] = pieces;
  if (first === undefined) throw noPair(name, [...arrays.keys()]);
  for (const { samples, targets } of pieces) {
    const count = countIn(samples[0] as NamedArray);
    for (const each of [...samples, ...targets]) {
      if (countIn(each) !== count || count === 0) throw otherCount(name, count, countIn(each));
    }
    if (fieldsText(samples) !== fieldsText(first.samples)) throw otherShape(name);
    if (targets.map(({ base }) => base).join() !== first.targets.map(({ base }) => base).join()) throw otherShape(name);
  }
  const columns = (role: Role) =>
    first[role].map(({ base }, at) => ({
      base,
      array: joined(pieces.map((piece) => (piece[role][at] as NamedArray).array)),
    }));
  const named = (field: Field, base: string, role: Role): Field =>
    USUAL[role].includes(base) ? field : { ...field, name: base };
  const dataset = {
    name,
    count: pieces.reduce((sum, { samples }) => sum + countIn(samples[0] as NamedArray), 0),
    inputs: columns('samples').map(({ base, array }) => named(inputField(name, array), base, 'samples')),
    targets: columns('targets').map(({ base, array }) => named(targetField(name, array), base, 'targets')),
  };
  if (pieces.length === 1) return dataset;
  const marks = pieces.flatMap(({ samples, part }) =>
    Array<number>(countIn(samples[0] as NamedArray)).fill(PARTS[part]),
  );
  return { ...dataset, parts: Uint8Array.from(marks) };
}

/** Names and sample shapes. */
const fieldsText = (fields: readonly NamedArray[]): string =>
  fields.map(({ base, array }) => `${base} ${array.shape.slice(1).join()}`).join();

function joined(arrays: readonly NumberArray[]): NumberArray {
  const [first] = arrays as [NumberArray];
  if (arrays.length === 1) return first;
  const shape = [arrays.reduce((sum, each) => sum + (each.shape[0] ?? 0), 0), ...first.shape.slice(1)];
  if (arrays.some(({ words }) => words !== undefined)) {
    return {
      shape,
      data: new Uint8Array(),
      words: arrays.flatMap(({ words, data }) => words ?? Array.from(data, String)),
    };
  }
  const length = arrays.reduce((sum, { data }) => sum + data.length, 0);
  const bytes = arrays.every(({ data }) => data instanceof Uint8Array);
  const data = bytes ? new Uint8Array(length) : new Float64Array(length);
  let at = 0;
  for (const each of arrays) {
    data.set(each.data, at);
    at += each.data.length;
  }
  return { shape, data };
}

/** Bytes of images are pixels; their channels stand first in what a network takes, and often last in arrays. */
function inputField(name: string, { shape, data, words }: NumberArray): Field {
  if (words !== undefined) throw textSamples(name);
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

function targetField(name: string, { shape, data, words }: NumberArray): Field {
  if (words !== undefined) return namedField(name, words, shape[0] as number);
  const width = shape.slice(1).reduce((product, length) => product * length, 1);
  const count = shape[0] as number;
  const isWhole = data.every((value) => Number.isInteger(value) && value >= 0);
  const labels = width === 1 ? data : oneHotLabels(data, width);
  if (isWhole && !labels.includes(-1)) {
    const classes = classesIn(labels);
    if (width > 1 || (classes <= count && classes <= MOST_SPARSE) || isNumbered(labels)) {
      if (classes > MOST_CLASSES) throw tooMany(name, new Set(labels).size);
      const form = width === 1 ? {} : { form: 'one-hot' as const };
      return { name: 'label', kind: 'classes', classes, ...form, shape: [], data: labelsFrom(classes, labels) };
    }
  }
  const numbers = Float32Array.from(data);
  const bad = numbers.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) throw notFinite(name, Math.floor(bad / width));
  return { name: 'target', kind: 'numbers', shape: width === 1 ? [1] : shape.slice(1), data: numbers };
}

/** Whole numbers of at most so many classes are labels even if some do not occur. */
const MOST_SPARSE = 256;

/** True where whole numbers are classes, not amounts: each up to the highest occurs, twice on average. */
function isNumbered(labels: ArrayLike<number>): boolean {
  const different = new Set(Array.from(labels));
  const least = different.has(0) ? 0 : 1;
  const isDense = [...different].every((label) => label >= least && label < different.size + least);
  return isDense && labels.length >= 2 * different.size;
}

/** One string per sample as its class. */
function namedField(name: string, words: readonly string[], count: number): Field {
  if (words.length !== count) throw severalWords(name);
  const names = [...new Set(words)].sort(byCodePoint);
  if (names.length > MOST_CLASSES) throw tooMany(name, names.length);
  const labels = new Map(names.map((word, label) => [word, label]));
  const data = labelsFrom(
    names.length,
    words.map((word) => labels.get(word) as number),
  );
  return { name: 'label', kind: 'classes', classes: names.length, names, shape: [], data };
}

const tooMany = (name: string, classes: number) =>
  tooManyClasses({ en: `“${name}”`, zh: `“${name}”` }, classes, {
    en: 'Merge classes. If the targets are numbers to predict, save the data as a CSV file.',
    zh: '请合并类别。如果目标是要预测的数值，请将数据保存为 CSV 文件。',
  });

const textSamples = (name: string) =>
  new UserError({
    en: `The samples of “${name}” are text. Only targets may be text; save the samples as numbers.`,
    zh: `“${name}”的样本为文本。只有目标可以是文本，请将样本保存为数值。`,
  });

const severalWords = (name: string) =>
  new UserError({
    en: `The text targets of “${name}” have several values per sample. Save one class name per sample.`,
    zh: `“${name}”的文本目标在每个样本上有多个值。请为每个样本保存一个类别名称。`,
  });

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
    en: `The parts of “${name}” have different arrays, or samples of different shapes. Give all parts the same arrays, and all samples the same shape.`,
    zh: `“${name}”各部分的数组或样本形状不同。请使各部分的数组相同，且所有样本形状一致。`,
  });

const notFinite = (name: string, sample: number) =>
  new UserError({
    en: `Sample ${sample} of “${name}” contains NaN, infinity or a number above 3.4e38. Correct the file, or remove the sample.`,
    zh: `“${name}”的第 ${sample} 个样本含有 NaN、无穷大或超过 3.4e38 的数。请修正文件，或去除该样本。`,
  });
