import type { KeptRun } from '../../../src/protocol/runs.ts';
import { Curves } from '../../../src/runs/curves.ts';
import { smooth } from '../run/smooth.ts';

export type OverlayMetric = 'loss' | 'accuracy';

/** Points of a curve; x in epochs. */
export interface Points {
  readonly x: readonly number[];
  readonly y: readonly (number | null)[];
}

/** Curve of a run in a plot of several, or the mean of runs that differ only in their seed. */
export interface OverlayCurve {
  readonly id: string;
  readonly name: string;
  /** Name of the custom property that has the color of the curve. */
  readonly color: string;
  readonly train: Points;
  readonly validation: Points;
}

/** Mean of several curves, at those x where all of them have a value. */
export function meanOf(curves: readonly Points[]): Points {
  const [first] = curves;
  if (first === undefined || curves.length === 1) return first ?? { x: [], y: [] };
  const values = curves.map(({ x, y }) => new Map(x.map((at, i) => [at, y[i] ?? null])));
  const x = first.x.filter((at) => values.every((of) => of.get(at) != null));
  return { x, y: x.map((at) => values.reduce((sum, of) => sum + (of.get(at) as number), 0) / values.length) };
}

/** Window of the running mean, as a share of all steps. */
const SMOOTHING = 0.02;

/** Training curve of a run: running mean over its steps. */
export function trainPoints({ curves: arrays, record }: KeptRun, metric: OverlayMetric): Points {
  const curves = Curves.fromArrays(arrays);
  const stepsPerEpoch = record.epochs > 0 && record.steps > 0 ? record.steps / record.epochs : 1;
  const values = smooth(curves.column(metric), SMOOTHING * record.step, curves.stride);
  return {
    x: Array.from(curves.column('step'), (step) => step / stepsPerEpoch),
    y: Array.from(values, (value) => (Number.isFinite(value) ? value : null)),
  };
}

/** Validation values after each epoch. */
export const validationPoints = ({ history }: KeptRun, metric: OverlayMetric): Points => ({
  x: history.map(({ epoch }) => epoch),
  y: history.map(({ validation }) => validation[metric]),
});

/** Curves with a common x column, as uPlot expects; null where a curve has no point. */
export function merged(curves: readonly Points[]): readonly (readonly (number | null)[])[] {
  const xs = [...new Set(curves.flatMap(({ x }) => x))].sort((a, b) => a - b);
  const place = new Map(xs.map((x, i) => [x, i]));
  const columns = curves.map(({ x, y }) => {
    const column: (number | null)[] = new Array(xs.length).fill(null);
    x.forEach((at, i) => {
      column[place.get(at) as number] = y[i] ?? null;
    });
    return column;
  });
  return [xs, ...columns];
}

interface AxisView {
  /** Visible part of the x axis. */
  readonly from: number;
  readonly to: number;
  readonly log: boolean;
}

/** Range of the y axis: losses start at 0, accuracies end at 1. The first tenth of a run is ignored because it is steep. */
export function spanOf(
  columns: readonly (readonly (number | null)[])[],
  metric: OverlayMetric,
  { from, to, log }: AxisView = { from: 0, to: Number.POSITIVE_INFINITY, log: false },
): [number, number] {
  const [xs = [], ...ys] = columns;
  const last = (xs.at(-1) as number | undefined) ?? 0;
  const whole = from <= 0 && to >= last;
  const settled = whole ? last / 10 : from;
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const column of ys) {
    column.forEach((value, i) => {
      const x = xs[i] as number;
      if (value === null || (x < settled && xs.length > 20) || x > to || (log && value <= 0)) return;
      low = Math.min(low, value);
      high = Math.max(high, value);
    });
  }
  if (low > high) return log ? [0.01, 1] : [0, 1];
  if (log) return [low / 1.2, high * 1.2];
  if (!whole) {
    const room = (high - low) * 0.08 || 0.01;
    return [Math.max(0, low - room), metric === 'accuracy' ? Math.min(1, high + room) : high + room];
  }
  if (metric === 'loss') return [0, Math.max(1e-3, high * 1.05)];
  return [Math.max(0, Math.floor(low * 10 - 0.2) / 10), 1];
}
