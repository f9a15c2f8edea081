import { UserError } from '../text.ts';
import type { Field } from './dataset.ts';
import { tooManyClasses } from './labelForms.ts';
import { labelsFrom, MOST_CLASSES } from './labels.ts';
import type { TableColumn } from './table.ts';

/** Whole numbers of more different values are amounts, not classes. */
const MOST_NUMBERED = 20;

/** True where a target is learned as classes: it is words, or some whole numbers of which each stands in several rows. */
export function isClasses(
  { kind, values }: TableColumn,
  { targetKind }: { readonly targetKind?: 'classes' | 'numbers' | undefined },
): boolean {
  if (kind === 'category' || kind === 'text') return true;
  if (targetKind !== undefined) return targetKind === 'classes';
  const different = new Set(values);
  return (
    different.size <= MOST_NUMBERED &&
    2 * different.size <= values.length &&
    values.every((value) => Number.isInteger(value))
  );
}

/**
 * A column as a target: class indices, numbered in ascending order of the values, or one number per row. Throws UserError for more
 * classes than are supported.
 */
export function targetField(name: string, column: TableColumn, rows: Uint32Array, classes: boolean): Field {
  const values = Float64Array.from(rows, (row) => column.values[row] as number);
  if (!classes) return { name: column.name, kind: 'numbers', shape: [1], data: Float32Array.from(values) };
  const different = [...new Set(values)].sort((a, b) => a - b);
  if (different.length > MOST_CLASSES) throw tooManyInColumn(name, column.name, different.length);
  const numbers = new Map(different.map((value, at) => [value, at]));
  const names = different.map((value) => column.categories[value] ?? `${value}`);
  return {
    name: column.name,
    kind: 'classes',
    classes: different.length,
    names,
    shape: [],
    data: labelsFrom(
      different.length,
      values.map((value) => numbers.get(value) as number),
    ),
  };
}

/** Largest number that a 32-bit float holds. */
const MOST = 3.4e38;

/** Throws UserError for a number that no 32-bit float holds. */
export function requireFinite({ name: column, kind, values }: TableColumn, name: string): void {
  if (kind !== 'number') return;
  const row = values.findIndex((value) => Math.abs(value) > MOST);
  if (row >= 0) throw notFinite(name, column, row + 1);
}

/** A column of a table as the network takes it. */
export type FeatureColumn =
  /** Standardized; a cell without a value becomes the mean. */
  | { readonly kind: 'number'; readonly name: string; readonly mean: number; readonly deviation: number }
  /** One-hot columns; with `missing`, one more for cells without a value. */
  | {
      readonly kind: 'category';
      readonly name: string;
      readonly categories: readonly string[];
      readonly missing: boolean;
    };

/** Columns before they become features. */
export interface RawFeatures {
  readonly columns: readonly FeatureColumn[];
  /** [samples, columns]: numbers, or places in `categories`; NaN for cells without a value. */
  readonly values: Float64Array;
}

/**
 * Columns of numbers and of categories for the samples `rows`, before they become features; `train` are those of training, counted
 * in `rows`, whose mean and deviation standardize numbers.
 */
export function rawFeatures(columns: readonly TableColumn[], rows: Uint32Array, train: Uint32Array): RawFeatures {
  const used = columns.filter(({ kind }) => kind === 'number' || kind === 'category');
  const values = new Float64Array(rows.length * used.length);
  for (const [at, column] of used.entries()) {
    rows.forEach((row, sample) => {
      values[sample * used.length + at] = column.values[row] as number;
    });
  }
  return { columns: used.map((column) => featureColumn(column, rows, train)), values };
}

function featureColumn(
  { name, kind, values, categories, missing }: TableColumn,
  rows: Uint32Array,
  train: Uint32Array,
): FeatureColumn {
  if (kind === 'category') return { kind, name, categories, missing: missing > 0 };
  const known = Float64Array.from(train, (sample) => values[rows[sample] as number] as number).filter(
    (value) => !Number.isNaN(value),
  );
  const mean = known.reduce((sum, value) => sum + value, 0) / Math.max(1, known.length);
  const variance = known.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, known.length);
  return { kind: 'number', name, mean, deviation: Math.sqrt(variance) || 1 };
}

/** Names of the features of a column. */
function namesOf(column: FeatureColumn): string[] {
  if (column.kind === 'number') return [column.name];
  const names = column.categories.map((word) => `${column.name} = ${word}`);
  return column.missing ? [...names, `${column.name} = (missing)`] : names;
}

/** The features of one cell. */
function featuresOf(column: FeatureColumn, value: number): number[] {
  if (column.kind === 'number') return [Number.isNaN(value) ? 0 : (value - column.mean) / column.deviation];
  const places = column.categories.map((_, place) => (value === place ? 1 : 0));
  return column.missing ? [...places, Number.isNaN(value) ? 1 : 0] : places;
}

/** Features as one field [F] of all samples. */
export function featuresField({ columns, values }: RawFeatures, count: number): Field {
  const names = columns.flatMap(namesOf);
  const data = new Float32Array(count * names.length);
  for (let sample = 0, to = 0; sample < count; sample++) {
    for (const [at, column] of columns.entries()) {
      const features = featuresOf(column, values[sample * columns.length + at] as number);
      data.set(features, to);
      to += features.length;
    }
  }
  return { name: 'features', kind: 'numbers', shape: [names.length], data, columns: names };
}

const tooManyInColumn = (name: string, target: string, classes: number) =>
  tooManyClasses({ en: `Column “${target}” of “${name}”`, zh: `“${name}”的列“${target}”` }, classes, {
    en: 'Choose another target column.',
    zh: '请选择其他目标列。',
  });

const notFinite = (name: string, column: string, row: number) =>
  new UserError({
    en: `Column “${column}” of “${name}” is infinite or above 3.4e38 in row ${row} of the data. Correct the cell, or leave it empty.`,
    zh: `“${name}”的列“${column}”在第 ${row} 行数据中为无穷大或超过 3.4e38。请修正该单元格，或将其留空。`,
  });
