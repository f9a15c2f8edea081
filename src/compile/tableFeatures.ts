import type { FeatureColumn } from '../data/tableFields.ts';
import type { Builder } from '../ir/builder.ts';
import type { Value } from '../ir/program.ts';
import type { Tensor } from '../ir/tensor.ts';

type NumberColumn = Extract<FeatureColumn, { kind: 'number' }>;
type CategoryColumn = Extract<FeatureColumn, { kind: 'category' }>;

/** Rows float64 [N, columns] as features float32 [N, features], as `featuresField` makes them. */
export function tableFeatures(g: Builder, rows: Value, columns: readonly FeatureColumn[]): Value {
  const features: Value[] = [];
  for (let at = 0; at < columns.length; ) {
    const column = columns[at] as FeatureColumn;
    if (column.kind === 'category') {
      features.push(...oneHot(g, g.slice(rows, 1, at, at + 1), column));
      at++;
      continue;
    }
    const end = columns.findIndex(({ kind }, i) => i > at && kind !== 'number');
    const numbers = columns.slice(at, end < 0 ? columns.length : end) as readonly NumberColumn[];
    features.push(standardized(g, g.slice(rows, 1, at, at + numbers.length), numbers));
    at += numbers.length;
  }
  return features.length === 1 ? (features[0] as Value) : g.concat(features, 1);
}

const doubles = (values: readonly number[]): Tensor => ({
  dtype: 'float64',
  shape: [values.length],
  data: Float64Array.from(values),
});

/** Only NaN differs from itself. */
const isPresent = (g: Builder, x: Value): Value => g.equal(x, x);

function standardized(g: Builder, x: Value, columns: readonly NumberColumn[]): Value {
  const mean = g.constant(doubles(columns.map((column) => column.mean)), 'mean');
  const deviation = g.constant(doubles(columns.map((column) => column.deviation)), 'deviation');
  const known = g.where(isPresent(g, x), x, mean);
  return g.cast(g.div(g.sub(known, mean), deviation), 'float32');
}

function oneHot(g: Builder, x: Value, { categories, missing }: CategoryColumn): Value[] {
  const places = g.constant(doubles(categories.map((_, place) => place)), 'places');
  const words = g.cast(g.equal(x, places), 'float32');
  return missing ? [words, g.cast(g.not(isPresent(g, x)), 'float32')] : [words];
}
