import type { EpochRow, RunState } from '../../state/stores/runStore.ts';
import { type CurveMetric, isEpochMetric, isNoisy } from './curveMetrics.ts';
import { decimate, firstFrom } from './decimate.ts';
import { type EpochScale, epochScale } from './epochScale.ts';
import { smooth } from './smooth.ts';

type Column = (number | null)[];
/** Columns of a chart: x in epochs, batch values, their running mean, and validation values after each epoch. */
export type ChartData = [x: number[], batches: Column, mean: Column, validation: Column];

export type RunCurves = Pick<RunState, 'curves' | 'history' | 'changes' | 'steps' | 'epochs'>;

export interface View {
  readonly metric: CurveMetric;
  /** Window of the running mean, in steps. */
  readonly window: number;
  /** Visible range, in epochs. */
  readonly shown: readonly [from: number, to: number];
  /** Width of the visible range, in pixels. */
  readonly pixels: number;
  readonly log: boolean;
}

export const scaleOf = ({ history, steps, epochs }: RunCurves): EpochScale => epochScale(history, steps, epochs);

/** Chart data with no more rows than the pixels can show. uPlot needs one x column, so steps and epochs are merged. */
export function chartData(run: RunCurves, { metric, window, shown, pixels, log }: View): ChartData {
  const { curves, history } = run;
  const scale = scaleOf(run);
  const steps = curves.column('step');
  const values = curves.column(metric);
  const means = isNoisy(metric) ? smooth(values, window, curves.stride) : values;
  const raw = means !== values;
  // One more point on either side, so that lines reach the edge.
  const from = Math.max(0, firstFrom(steps, scale.stepOf(shown[0])) - 1);
  const to = Math.min(steps.length, firstFrom(steps, scale.stepOf(shown[1])) + 1);
  const drawable = (value: number | null | undefined): number | null =>
    value === null || value === undefined || !Number.isFinite(value) || (log && value <= 0) ? null : value;

  const rows: ChartData = [[], [], [], []];
  const add = (x: number, batch: number | null, mean: number | null, held: number | null) => {
    rows[0].push(x);
    rows[1].push(batch);
    rows[2].push(mean);
    rows[3].push(held);
  };
  const ends = isEpochMetric(metric)
    ? history.filter(({ epoch }) => epoch >= shown[0] - 1 && epoch <= shown[1] + 1)
    : [];
  let next = 0;
  const addEpochsUpTo = (x: number) => {
    for (; next < ends.length && (ends[next] as EpochRow).epoch <= x; next++) {
      const { epoch, validation } = ends[next] as EpochRow;
      add(epoch, null, null, isEpochMetric(metric) ? drawable(validation[metric]) : null);
    }
  };
  for (const i of decimate(raw ? [values, means] : [values], from, to, pixels)) {
    const x = scale.epochOf(steps[i] as number);
    addEpochsUpTo(x);
    add(x, raw ? drawable(values[i]) : null, drawable(means[i]), null);
  }
  addEpochsUpTo(Number.POSITIVE_INFINITY);
  return rows;
}

/**
 * Range of the y axis. It includes the visible running mean and validation values; single batches may lie outside. After the
 * first epoch, the steep start of the accuracy may lie outside, too: later differences are small and near the top.
 */
export function rangeOf([x, , mean, validation]: ChartData, { metric, shown, log }: View): [number, number] {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  const whole = shown[0] === 0;
  const settled = whole && metric === 'accuracy' && validation.some((value) => value !== null) ? 0.5 : 0;
  for (const column of [mean, validation]) {
    column.forEach((value, row) => {
      const at = x[row] as number;
      if (value === null || at < settled || at < shown[0] || at > shown[1]) return;
      low = Math.min(low, value);
      high = Math.max(high, value);
    });
  }
  const nothing = low > high;
  if (log) return nothing ? [0.01, 1] : [low / 1.25, high * 1.25];
  if (metric === 'accuracy') {
    // Starts at the multiple of 10 % below the lowest value, so that small gains near the top are visible.
    if (whole) return nothing ? [0, 1] : [Math.max(0, Math.floor(low * 10 - 0.2) / 10), 1];
    const room = Math.max(0.002, (high - low) * 0.1);
    return nothing ? [0, 1] : [Math.max(0, low - room), Math.min(1, high + room)];
  }
  if (nothing) return metric === 'loss' ? [0, 2.5] : [0, 1];
  if (whole || metric !== 'loss') return [0, high > 0 ? high * 1.08 : 1];
  const room = (high - low) * 0.08 || high * 0.1 || 0.1;
  return [Math.max(0, low - room), high + room];
}
