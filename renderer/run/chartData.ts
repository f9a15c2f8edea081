import type { Epoch } from '../stores/runStore.ts';
import { type Series, smooth } from './series.ts';

export type Metric = 'loss' | 'accuracy';
type Column = (number | null)[];
/** x in epochs; single batches, their running mean, and the validation after each epoch. */
export type ChartData = [x: number[], batches: Column, train: Column, validation: Column];

/** The rows of a plot: it takes one column of x for all curves, so epochs are merged in among the steps. */
export function chartData(series: Series, epochs: readonly Epoch[], metric: Metric, stepsPerEpoch: number): ChartData {
  const means = smooth(series);
  const rows: ChartData = [[], [], [], []];
  const add = (x: number, batch: number | null, mean: number | null, held: number | null) => {
    rows[0].push(x);
    rows[1].push(batch);
    rows[2].push(mean);
    rows[3].push(held);
  };
  let next = 0;
  const addEpochsUpTo = (x: number) => {
    for (; next < epochs.length && (epochs[next] as Epoch).epoch <= x; next++) {
      const { epoch, validation } = epochs[next] as Epoch;
      add(epoch, null, null, validation[metric]);
    }
  };
  for (let i = 0; i < series.length; i++) {
    const x = (series.step[i] as number) / stepsPerEpoch;
    addEpochsUpTo(x);
    add(x, series.value[i] as number, means[i] as number, null);
  }
  addEpochsUpTo(Number.POSITIVE_INFINITY);
  return rows;
}

/**
 * What the y axis spans: the running mean and the validation, with single batches allowed to leave the picture. From the
 * first epoch on, the steep start of the accuracy may leave it too: what matters happens near the top.
 */
export function rangeOf([x, , train, validation]: ChartData, metric: Metric): [number, number] {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  const settled = metric === 'accuracy' && validation.some((value) => value !== null) ? 0.5 : 0;
  for (const column of [train, validation]) {
    column.forEach((value, row) => {
      if (value === null || !Number.isFinite(value) || (x[row] as number) < settled) return;
      low = Math.min(low, value);
      high = Math.max(high, value);
    });
  }
  if (low > high) return metric === 'loss' ? [0, 2.5] : [0, 1];
  if (metric === 'loss') return [0, Math.max(0.1, high * 1.05)];
  // Down to the ten per cent below what is drawn, so that small gains near the top can be seen.
  return [Math.max(0, Math.floor(low * 10 - 0.2) / 10), 1];
}
