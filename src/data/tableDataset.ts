import { UserError } from '../text.ts';
import { type Dataset, type Field, groupingOf } from './dataset.ts';
import { type SplitSettings, splitSamples } from './split.ts';
import { columnStatistics } from './statistics/columns.ts';
import type { Table, TableColumn } from './table.ts';

/** Columns of a table in their roles. */
export interface TableConfig {
  /** Column that is predicted; absent: chosen by its name, or the last column. */
  readonly target?: string | undefined;
  /** The target as a class or as a number; absent: words and few whole numbers are classes. */
  readonly targetKind?: 'classes' | 'numbers' | undefined;
  /** Columns left out, beside those of text, row numbers and nothing. */
  readonly ignored?: readonly string[] | undefined;
}

const TARGET_NAMES = ['target', 'label', 'class', 'y', 'species', 'category'];

/** Largest number of classes: labels are kept as bytes. */
export const MOST_CLASSES = 256;
/** Whole numbers of more different values are amounts, not classes. */
const MOST_NUMBERED = 20;

/** The column that is predicted. Throws UserError where the named one is not there. */
export function targetOf({ columns }: Pick<Table, 'columns'>, { target }: TableConfig, name: string): TableColumn {
  const usable = columns.filter(({ kind }) => kind !== 'empty');
  if (target !== undefined) {
    const found = usable.find((column) => column.name === target);
    if (found === undefined) throw noColumn(name, target, usable);
    return found;
  }
  const named = TARGET_NAMES.flatMap((word) => usable.filter((column) => column.name.toLowerCase() === word))[0];
  const found = named ?? usable.at(-1);
  if (found === undefined || usable.length < 2) throw oneColumn(name);
  return found;
}

/** True where a target is learned as classes: it is words, or some whole numbers of which each stands in several rows. */
export function isClasses({ kind, values }: TableColumn, { targetKind }: TableConfig): boolean {
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
 * Columns of a table as a dataset of one input `features` [F] and one target. Numbers are standardized by mean and deviation
 * of the training rows, and a cell without a value becomes the mean (0); a category becomes one-hot columns, with one more
 * for cells without a value where there are any. Rows without a target are left out; the column of a split by
 * column is no feature. Throws UserError where no row, no
 * feature or too many classes are left.
 */
export function tableDataset(name: string, table: Table, config: TableConfig, settings: SplitSettings): Dataset {
  const { split } = settings;
  // The column that decides the split is no feature: it is not there for new samples.
  const columns = table.columns.filter((column) => split?.kind !== 'column' || column.name !== split.column);
  for (const column of columns) requireFinite(column, name);
  const target = targetOf({ columns }, config, name);
  const rows = Uint32Array.from(target.values.keys()).filter((row) => !Number.isNaN(target.values[row]));
  if (rows.length === 0) throw oneColumn(name);
  const answer = targetField(name, target, rows, isClasses(target, config));
  const groupings = table.columns
    .filter((column) => column !== target)
    .flatMap((column) => grouped(column, rows) ?? []);
  const labels = answer.kind === 'classes' ? answer.data : null;
  const { train } = splitSamples({ name, count: rows.length, groupings }, labels, settings);
  const features = columns
    .filter((column) => column !== target && !(config.ignored ?? []).includes(column.name))
    .flatMap((column) => featuresOf(column, rows, train.length > 0 ? train : Uint32Array.from(rows.keys())));
  if (features.length === 0) throw noFeatures(name, target.name);
  const data = new Float32Array(rows.length * features.length);
  for (const [at, { values }] of features.entries()) {
    for (let row = 0; row < rows.length; row++) data[row * features.length + at] = values[row] as number;
  }
  return {
    name,
    count: rows.length,
    inputs: [
      { name: 'features', kind: 'numbers', shape: [features.length], data, columns: features.map((each) => each.name) },
    ],
    targets: [answer],
    groupings,
    columns: table.columns.map((column) => ({
      name: column.name,
      kind: column.kind,
      missing: column.missing,
      ...columnStatistics(column, target, isClasses(target, config)),
    })),
  };
}

const grouped = ({ name, values, categories }: TableColumn, rows: Uint32Array) =>
  groupingOf(
    name,
    Array.from(rows, (row) => {
      const value = values[row] as number;
      return Number.isNaN(value) ? '' : (categories[value] ?? `${value}`);
    }),
  );

function targetField(name: string, column: TableColumn, rows: Uint32Array, classes: boolean): Field {
  const values = Float64Array.from(rows, (row) => column.values[row] as number);
  if (!classes) return { name: column.name, kind: 'numbers', shape: [1], data: Float32Array.from(values) };
  const different = [...new Set(values)].sort((a, b) => a - b);
  if (different.length > MOST_CLASSES) throw tooManyClasses(name, column.name, different.length);
  const numbers = new Map(different.map((value, at) => [value, at]));
  const names = different.map((value) => column.categories[value] ?? `${value}`);
  return {
    name: column.name,
    kind: 'classes',
    classes: different.length,
    names,
    shape: [],
    data: Uint8Array.from(values, (value) => numbers.get(value) as number),
  };
}

/** Largest number that a 32-bit float holds. */
const MOST = 3.4e38;

function requireFinite({ name: column, kind, values }: TableColumn, name: string): void {
  if (kind !== 'number') return;
  const row = values.findIndex((value) => Math.abs(value) > MOST);
  if (row >= 0) throw notFinite(name, column, row + 1);
}

interface Feature {
  readonly name: string;
  readonly values: Float32Array;
}

/** `train` counts in `rows`. */
function featuresOf(column: TableColumn, rows: Uint32Array, train: Uint32Array): Feature[] {
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

const notFinite = (name: string, column: string, row: number) =>
  new UserError({
    en: `Column “${column}” of “${name}” is infinite or above 3.4e38 in row ${row} of the data. Correct the cell, or leave it empty.`,
    zh: `“${name}”的列“${column}”在第 ${row} 行数据中为无穷大或超过 3.4e38。请修正该单元格，或将其留空。`,
  });

const oneColumn = (name: string) =>
  new UserError({
    en: `“${name}” has no column to predict and another to predict it from. Choose a table with at least two columns that have values.`,
    zh: `“${name}”没有可供预测的目标列和特征列。请选择至少有两列含有数据的表格。`,
  });

const noColumn = (name: string, target: string, columns: readonly TableColumn[]) =>
  new UserError({
    en: `“${name}” has no column “${target}” with values. Its columns are: ${columns.map((column) => column.name).join(', ')}.`,
    zh: `“${name}”没有含数据的列“${target}”。现有的列：${columns.map((column) => column.name).join('、')}。`,
  });

const noFeatures = (name: string, target: string) =>
  new UserError({
    en: `“${name}” has no column of numbers or categories beside the target “${target}”. Add one, or choose another target.`,
    zh: `“${name}”除目标列“${target}”外没有数值列或类别列。请添加一列，或选择其他目标列。`,
  });

const tooManyClasses = (name: string, target: string, classes: number) =>
  new UserError({
    en: `Column “${target}” of “${name}” has ${classes} different values; at most ${MOST_CLASSES} classes are supported. Choose another target column.`,
    zh: `“${name}”的列“${target}”有 ${classes} 个不同的值，最多支持 ${MOST_CLASSES} 个类别。请选择其他目标列。`,
  });
