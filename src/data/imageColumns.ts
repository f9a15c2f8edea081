import type { DataConfig } from '../graph/document.ts';
import { UserError } from '../text.ts';
import { type Dataset, labelsOf } from './dataset.ts';
import type { ImageListing } from './imageFolder.ts';
import { splitSamples } from './split.ts';
import { columnStatistics } from './statistics/columns.ts';
import { readTable, type TableColumn } from './table.ts';
import { furtherTargets, targetOf } from './tableDataset.ts';
import { featuresField, isClasses, rawFeatures, requireFinite, targetField } from './tableFields.ts';

/**
 * Images with the columns of the table that lists them: `table.features` are an input beside the image, `table.targets` are further
 * targets. The class is the first of `columns`. Unchanged where no table lists the images. Throws UserError where a column is
 * missing, or a target has no value.
 */
export function withColumns(
  dataset: Dataset,
  { label, columns = [], delimiter = ',', classes, entries }: ImageListing,
  data: Omit<DataConfig, 'source'>,
): Dataset {
  if (label === undefined || columns.length === 0) return dataset;
  const { name, count, files = [] } = dataset;
  const readable = new Set(files);
  const rows = entries
    .filter(({ path }) => readable.has(path))
    .map((entry) => [classes[entry.label] ?? '', ...(entry.cells ?? [])]);
  const [answer, ...others] = readTable({ columns: [label, ...columns], rows, delimiter }).columns;
  for (const column of others) requireFinite(column, name);
  const config = data.table ?? {};
  const all = Uint32Array.from({ length: count }, (_, row) => row);
  const further = furtherTargets(others, config, name).map((column) => {
    const empty = column.values.findIndex(Number.isNaN);
    if (empty >= 0) throw noValue(name, column.name, files[empty] ?? '');
    return targetField(name, column, all, isClasses(column, {}));
  });
  const own = dataset.targets.map((field) => (further.length > 0 ? { ...field, name: label } : field));
  const targets = [...own, ...further];
  const wanted = (config.features ?? []).map((feature) => targetOf({ columns: others }, { target: feature }, name));
  const { train } = splitSamples(dataset, labelsOf({ targets }), data);
  const features = rawFeatures(wanted, all, train.length > 0 ? train : all);
  return {
    ...dataset,
    ...(features.columns.length === 0 ? {} : { inputs: [...dataset.inputs, featuresField(features, count)], features }),
    targets,
    columns: [answer as TableColumn, ...others].map((column) => ({
      name: column.name,
      kind: column.kind,
      missing: column.missing,
      ...columnStatistics(column, answer as TableColumn, true),
    })),
  };
}

const noValue = (name: string, column: string, file: string) =>
  new UserError({
    en: `“${file}” in “${name}” has no value in the target column “${column}”. Give it a value, or choose another role for the column.`,
    zh: `“${name}”中的“${file}”在目标列“${column}”中没有值。请填写该值，或更改该列的用途。`,
  });
