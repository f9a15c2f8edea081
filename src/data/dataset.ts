import type { ImageConfig } from '../graph/document.ts';
import type { Text } from '../text.ts';
import type { AwaitedImages } from './awaitedImages.ts';
import { classesIn, type Labels } from './labels.ts';
import type { ColumnStatistics } from './statistics/columns.ts';
import type { ColumnKind } from './table.ts';
import type { RawFeatures } from './tableFields.ts';

/** One field of all samples, with data of shape [count, ...shape], row-major. */
export type Field = { readonly name: string } /** Pixels as bytes, which are divided by 255 as network inputs. */ & (
  | {
      readonly kind: 'bytes';
      readonly shape: readonly number[];
      readonly data: Uint8Array;
      /** Images that may not be decoded yet; absent: all are. */
      readonly awaited?: AwaitedImages;
    }
  | {
      readonly kind: 'numbers';
      readonly shape: readonly number[];
      readonly data: Float32Array;
      /** Names of the numbers, where they are columns of a table. */
      readonly columns?: readonly string[];
    }
  /** One class index per sample, below `classes`. */
  | {
      readonly kind: 'classes';
      readonly classes: number;
      /** Name of every class, where the data has names. */
      readonly names?: readonly string[];
      /** Form of the labels in the files, where they are neither numbers nor words. */
      readonly form?: 'one-hot';
      readonly shape: readonly [];
      readonly data: Labels;
    }
);

/** The part of a dataset that a sample was put into by those who made the dataset. */
export const PARTS = { train: 0, validation: 1, test: 2 } as const;
export type Part = keyof typeof PARTS;

/** Mark of samples that a split leaves out, beside those of `PARTS`. */
export const UNUSED = 3;

/** Most values of a column by which samples are grouped. */
export const MOST_GROUPS = 50;

/** A column of few values, by which the samples may be split. */
export interface Grouping {
  readonly name: string;
  readonly values: readonly string[];
  /** Place in `values` for every sample; `NO_GROUP` where the cell is empty. */
  readonly data: Uint8Array;
}

export const NO_GROUP = 255;

/** The cells of a column as a grouping; null for more than `MOST_GROUPS` values, and for none. */
export function groupingOf(name: string, cells: readonly string[]): Grouping | null {
  const values = [...new Set(cells)].filter((cell) => cell !== '').sort();
  if (values.length === 0 || values.length > MOST_GROUPS) return null;
  const places = new Map(values.map((value, at) => [value, at]));
  return { name, values, data: Uint8Array.from(cells, (cell) => places.get(cell) ?? NO_GROUP) };
}

/**
 * Samples with their targets. `inputs` are fields for the inputs of a network, `targets` fields for the loss of its
 * outputs.
 */
export interface Dataset {
  readonly name: string;
  readonly count: number;
  readonly inputs: readonly Field[];
  readonly targets: readonly Field[];
  /** One of `PARTS` for every sample, where the data comes in parts. Absent: the split decides. */
  readonly parts?: Uint8Array;
  /** Columns of few values, by which the samples may be split. */
  readonly groupings?: readonly Grouping[];
  /** Columns of the table that the samples come from, the target among them. */
  readonly columns?: readonly ({
    readonly name: string;
    readonly kind: ColumnKind;
    readonly missing: number;
  } & ColumnStatistics)[];
  /** Columns of the table before they became the input `features`. */
  readonly features?: RawFeatures;
  /** Size and channels that the images were given, where each was a file. */
  readonly image?: ImageConfig;
  /** Images that were turned from color to gray, or from gray to color, as `image` says. */
  readonly recolored?: number;
  /** The file of every sample, where each has one of its own: paths below the source, with `/` between names. */
  readonly files?: readonly string[];
  /** SHA-256 [count, 32] of these files. */
  readonly digests?: Uint8Array;
  /** Files that could not be read, and why; the samples are those of all others. */
  readonly unreadable?: readonly UnreadableFile[];
}

/** A file of a dataset that is left out, or a folder whose files are. */
export interface UnreadableFile {
  /** Path below the source. */
  readonly file: string;
  readonly reason: Text;
}

/** A dataset of images of one shape [C, H, W], as bytes [count, C, H, W], with one class per image. */
export function labeledImages(name: string, shape: readonly number[], images: Uint8Array, labels: Labels): Dataset {
  const classes = classesIn(labels);
  return {
    name,
    count: labels.length,
    inputs: [{ name: 'image', kind: 'bytes', shape, data: images }],
    targets: [{ name: 'label', kind: 'classes', classes, shape: [], data: labels }],
  };
}

/**
 * Datasets of the same fields as one, whose samples keep their parts. Throws an Error where fields differ in shape or kind: check
 * before.
 */
export function joinParts(
  name: string,
  pieces: readonly { readonly part: Part; readonly dataset: Dataset }[],
): Dataset {
  const datasets = pieces.map(({ dataset }) => dataset);
  const [first] = datasets;
  if (first === undefined) throw new Error('no dataset to join');
  const joined = (of: 'inputs' | 'targets') =>
    first[of].map((field, at) =>
      joinFields(
        datasets.map((each) => each[of][at] as Field),
        field,
      ),
    );
  const count = datasets.reduce((sum, dataset) => sum + dataset.count, 0);
  const parts = new Uint8Array(count);
  let start = 0;
  for (const { part, dataset } of pieces) {
    parts.fill(PARTS[part], start, start + dataset.count);
    start += dataset.count;
  }
  return { name, count, inputs: joined('inputs'), targets: joined('targets'), parts };
}

function joinFields(fields: readonly Field[], first: Field): Field {
  const length = fields.reduce((sum, { data }) => sum + data.length, 0);
  const classes = fields.reduce((most, field) => Math.max(most, field.kind === 'classes' ? field.classes : 0), 0);
  const data = emptyData(first.kind, classes, length);
  let at = 0;
  for (const field of fields) {
    if (field.kind !== first.kind || field.shape.join() !== first.shape.join()) throw new Error('fields differ');
    data.set(field.data, at);
    at += field.data.length;
  }
  if (first.kind === 'classes') return { ...first, classes, data: data as Labels };
  return { ...first, data } as Field;
}

/** Room for `length` values of a field. */
export function emptyData(kind: Field['kind'], classes: number, length: number) {
  if (kind === 'numbers') return new Float32Array(length);
  return kind === 'classes' && classes > 256 ? new Uint16Array(length) : new Uint8Array(length);
}

/** The class of every sample, by which a split is stratified; null if the dataset has no classes. */
export const labelsOf = ({ targets }: Pick<Dataset, 'targets'>): Labels | null =>
  (targets.find(({ kind }) => kind === 'classes')?.data as Labels | undefined) ?? null;

/** One field of sample `index` as it is stored: bytes are 0 to 255. */
export function valuesAt({ data, shape }: Field, index: number): Field['data'] {
  const size = shape.reduce((a, b) => a * b, 1);
  return data.subarray(index * size, (index + 1) * size);
}

/** One field of sample `index` as the network sees it. */
export function sampleAt(field: Field, index: number): Float32Array<ArrayBuffer> {
  const divisor = field.kind === 'bytes' ? 255 : 1;
  return Float32Array.from(valuesAt(field, index), (x) => x / divisor);
}
