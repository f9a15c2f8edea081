import type { TableColumn } from '../table.ts';

/** Bars of the distribution of a column. */
export const MOST_BARS = 12;

/** Relation of a column with the target, by the kind of both: a value from 0 to 1, of Pearson from -1 to 1. */
export interface Association {
  readonly measure: 'pearson' | 'eta' | 'cramer';
  readonly value: number;
}

export interface ColumnStatistics {
  /** Numbers: counts in equal intervals from `low` to `high`. Categories: counts of the most frequent words. */
  readonly bars: readonly { readonly name: string | null; readonly count: number }[];
  /** Numbers only, without missing cells; std is that of the sample, as pandas gives it. */
  readonly numbers: { readonly low: number; readonly high: number; readonly mean: number; readonly std: number } | null;
  /** Null for the target itself, and where one of both is constant. */
  readonly association: Association | null;
}

/** Statistics of a column over all rows of its table. `isClass`: the target is a class, even where its cells are numbers. */
export function columnStatistics(column: TableColumn, target: TableColumn, isClass: boolean): ColumnStatistics {
  return {
    bars: barsOf(column),
    numbers: column.kind === 'number' ? numbersOf(column) : null,
    association: column === target ? null : associationOf(column, target, isClass),
  };
}

const present = ({ values }: TableColumn): Float64Array => values.filter((value) => !Number.isNaN(value));

const sumOf = (values: ArrayLike<number>, of: (value: number) => number = (value) => value): number => {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += of(values[i] as number);
  return sum;
};

function numbersOf(column: TableColumn): ColumnStatistics['numbers'] {
  const values = present(column);
  if (values.length === 0) return null;
  const mean = sumOf(values) / values.length;
  const std = Math.sqrt(sumOf(values, (value) => (value - mean) ** 2) / Math.max(1, values.length - 1));
  const [low, high] = extremes(values);
  return { low, high, mean, std };
}

const extremes = (values: Float64Array): [number, number] =>
  values.reduce<[number, number]>(
    ([low, high], value) => [Math.min(low, value), Math.max(high, value)],
    [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
  );

function barsOf(column: TableColumn): ColumnStatistics['bars'] {
  const values = present(column);
  if (values.length === 0 || (column.kind !== 'number' && column.kind !== 'category')) return [];
  if (column.kind === 'category') {
    const counts = column.categories.map((name) => ({ name, count: 0 }));
    for (const place of values) (counts[place] as { count: number }).count++;
    return counts.sort((a, b) => b.count - a.count).slice(0, MOST_BARS);
  }
  const [low, high] = extremes(values);
  const counts = new Array<number>(MOST_BARS).fill(0);
  for (const value of values) {
    const bar = high > low ? Math.min(MOST_BARS - 1, Math.floor(((value - low) / (high - low)) * MOST_BARS)) : 0;
    counts[bar] = (counts[bar] as number) + 1;
  }
  return counts.map((count) => ({ name: null, count }));
}

/** Over the rows in which both have a value. */
function associationOf(column: TableColumn, target: TableColumn, isClass: boolean): Association | null {
  if (column.kind !== 'number' && column.kind !== 'category') return null;
  const rows = [...column.values.keys()].filter(
    (row) => !Number.isNaN(column.values[row]) && !Number.isNaN(target.values[row]),
  );
  const [x, y] = [column, target].map(({ values }) => Float64Array.from(rows, (row) => values[row] as number)) as [
    Float64Array,
    Float64Array,
  ];
  const isNumber = column.kind === 'number';
  const [measure, value] = isNumber
    ? isClass
      ? (['eta', correlationRatio(y, x)] as const)
      : (['pearson', pearson(x, y)] as const)
    : isClass
      ? (['cramer', cramersV(x, y)] as const)
      : (['eta', correlationRatio(x, y)] as const);
  return value === null ? null : { measure, value };
}

/** Pearson's correlation of two numbers; null where one is constant. */
export function pearson(x: Float64Array, y: Float64Array): number | null {
  const [mx, my] = [sumOf(x) / x.length, sumOf(y) / y.length];
  let [xy, xx, yy] = [0, 0, 0];
  for (let i = 0; i < x.length; i++) {
    const [dx, dy] = [(x[i] as number) - mx, (y[i] as number) - my];
    xy += dx * dy;
    xx += dx * dx;
    yy += dy * dy;
  }
  return isConstant(x) || isConstant(y) ? null : Math.max(-1, Math.min(1, xy / Math.sqrt(xx * yy)));
}

const isConstant = (values: Float64Array): boolean => values.every((value) => value === values[0]);

/** Correlation ratio η of a number with groups: the root of the share of its variance that lies between them. */
export function correlationRatio(groups: Float64Array, values: Float64Array): number | null {
  if (isConstant(groups) || isConstant(values)) return null;
  const sums = new Map<number, [sum: number, count: number]>();
  for (const [i, group] of groups.entries()) {
    const [sum, count] = sums.get(group) ?? [0, 0];
    sums.set(group, [sum + (values[i] as number), count + 1]);
  }
  const mean = sumOf(values) / values.length;
  const between = [...sums.values()].reduce((all, [sum, count]) => all + count * (sum / count - mean) ** 2, 0);
  return Math.min(1, Math.sqrt(between / sumOf(values, (value) => (value - mean) ** 2)));
}

/** Cramér's V of two categories, without correction for bias: the root of χ² / (n · (min(rows, columns) − 1)). */
export function cramersV(x: Float64Array, y: Float64Array): number | null {
  if (isConstant(x) || isConstant(y)) return null;
  const [inX, inY, inBoth] = [new Map<number, number>(), new Map<number, number>(), new Map<string, number>()];
  const count = <K>(counts: Map<K, number>, key: K) => counts.set(key, (counts.get(key) ?? 0) + 1);
  for (const [i, a] of x.entries()) {
    const b = y[i] as number;
    count(inX, a);
    count(inY, b);
    count(inBoth, `${a} ${b}`);
  }
  let chi = 0;
  for (const [a, ofA] of inX) {
    for (const [b, ofB] of inY) {
      const expected = (ofA * ofB) / x.length;
      chi += ((inBoth.get(`${a} ${b}`) ?? 0) - expected) ** 2 / expected;
    }
  }
  return Math.min(1, Math.sqrt(chi / (x.length * (Math.min(inX.size, inY.size) - 1))));
}
