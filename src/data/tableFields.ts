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

/** A number for every row. */
export interface Feature {
  readonly name: string;
  readonly values: Float32Array;
}

/**
 * A column as features of the samples `rows`; `train` are those of training, counted in `rows`. Numbers are standardized by mean and
 * deviation of the training rows, and a cell without a value becomes the mean (0); a category becomes one-hot columns, with one more
 * for cells without a value where there are any. None for other columns.
 */
export function featuresOf(column: TableColumn, rows: Uint32Array, train: Uint32Array): Feature[] {
  const values = Float64Array.from(rows, (row) => column.values[row] as number);
  if (column.kind === 'number') return [{ name: column.name, values: standardized(values, train) }];
  if (column.kind !== 'category') return [];
  const words = column.categories.map((word, place) => ({
    name: `${column.name} = ${word}`,
    values: Float32Array.from(values, (value) => (value === place ? 1 : 0)),
  }));
  const isMissing = Float32Array.from(values, (value) => (Number.isNaN(value) ? 1 : 0));
  return column.missing > 0 ? [...words, { name: `${column.name} = (missing)`, values: isMissing }] : words;
}

function standardized(values: Float64Array, train: Uint32Array): Float32Array {
  const known = Float64Array.from(train, (row) => values[row] as number).filter((value) => !Number.isNaN(value));
  const mean = known.reduce((sum, value) => sum + value, 0) / Math.max(1, known.length);
  const variance = known.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, known.length);
  const deviation = Math.sqrt(variance) || 1;
  return Float32Array.from(values, (value) => (Number.isNaN(value) ? 0 : (value - mean) / deviation));
}

/** Features as one field [F] of all samples. */
export function featuresField(features: readonly Feature[], count: number): Field {
  const data = new Float32Array(count * features.length);
  for (const [at, { values }] of features.entries()) {
    for (let row = 0; row < count; row++) data[row * features.length + at] = values[row] as number;
  }
  const columns = features.map(({ name }) => name);
  return { name: 'features', kind: 'numbers', shape: [features.length], data, columns };
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
