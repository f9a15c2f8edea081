import { UserError } from '../text.ts';
import { type Dataset, groupingOf, labelsOf } from './dataset.ts';
import { type SplitSettings, splitSamples } from './split.ts';
import { columnStatistics } from './statistics/columns.ts';
import type { Table, TableColumn } from './table.ts';
import { featuresField, isClasses, rawFeatures, requireFinite, targetField } from './tableFields.ts';

/** Columns of a table in their roles. */
export interface TableConfig {
  /** Column that is predicted; absent: chosen by its name, or the last column. */
  readonly target?: string | undefined;
  /** The target as a class or as a number; absent: words and few whole numbers are classes. */
  readonly targetKind?: 'classes' | 'numbers' | undefined;
  /** Columns left out, beside those of text, row numbers and nothing. */
  readonly ignored?: readonly string[] | undefined;
  /** Further columns that are predicted, each by an output of its own. */
  readonly targets?: readonly string[] | undefined;
  /** In a table that lists images: columns that are an input beside the image. */
  readonly features?: readonly string[] | undefined;
}

const TARGET_NAMES = ['target', 'label', 'class', 'y', 'species', 'category'];

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

/** Further columns that are predicted. Throws UserError where one is not there. */
export const furtherTargets = (columns: readonly TableColumn[], config: TableConfig, name: string) =>
  (config.targets ?? []).map((target) => targetOf({ columns }, { target }, name));

/**
 * Columns of a table as a dataset of one input `features` [F] (`featuresField`) and one target or several. Rows without a value of a
 * target are left out; the column of a split by column is no feature. Throws UserError where no row, no feature or too many classes
 * are left.
 */
export function tableDataset(name: string, table: Table, config: TableConfig, settings: SplitSettings): Dataset {
  const { split } = settings;
  // The column that decides the split is no feature: it is not there for new samples.
  const columns = table.columns.filter((column) => split?.kind !== 'column' || column.name !== split.column);
  for (const column of columns) requireFinite(column, name);
  const target = targetOf({ columns }, config, name);
  const further = furtherTargets(columns, config, name).filter((column) => column !== target);
  const predicted = [target, ...further];
  const rows = Uint32Array.from(target.values.keys()).filter((row) =>
    predicted.every(({ values }) => !Number.isNaN(values[row])),
  );
  if (rows.length === 0) throw oneColumn(name);
  const targets = predicted.map((column) =>
    targetField(name, column, rows, isClasses(column, column === target ? config : {})),
  );
  const groupings = table.columns
    .filter((column) => !predicted.includes(column))
    .flatMap((column) => grouped(column, rows) ?? []);
  const { train } = splitSamples({ name, count: rows.length, groupings }, labelsOf({ targets }), settings);
  const features = columns.filter(
    (column) => !predicted.includes(column) && !(config.ignored ?? []).includes(column.name),
  );
  const raw = rawFeatures(features, rows, train.length > 0 ? train : Uint32Array.from(rows.keys()));
  if (raw.columns.length === 0) throw noFeatures(name, target.name);
  return {
    name,
    count: rows.length,
    inputs: [featuresField(raw, rows.length)],
    features: raw,
    targets,
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
