import type { KeptRun } from '../../../src/protocol/runs.ts';
import { Curves } from '../../../src/runs/curves.ts';
import { smooth } from '../run/smooth.ts';

export type OverlayMetric = 'loss' | 'accuracy';

/** A curve: x in epochs. */
export interface Points {
  readonly x: readonly number[];
  readonly y: readonly (number | null)[];
}

/** A run in a picture with others, or the mean of runs that differ in their seed alone. */
export interface OverlayCurve {
  readonly id: string;
  readonly name: string;
  /** The custom property that has its colour. */
  readonly colour: string;
  readonly train: Points;
  readonly validation: Points;
}

/** The mean of curves where all of them have a value. */
export function meanOf(curves: readonly Points[]): Points {
  const [first] = curves;
  if (first === undefined || curves.length === 1) return first ?? { x: [], y: [] };
  const values = curves.map(({ x, y }) => new Map(x.map((at, i) => [at, y[i] ?? null])));
  const x = first.x.filter((at) => values.every((of) => of.get(at) != null));
  return { x, y: x.map((at) => values.reduce((sum, of) => sum + (of.get(at) as number), 0) / values.length) };
}

/** The width of the running mean, as a share of the steps. */
const SMOOTHING = 0.02;

/** What the run did while training: the mean of its steps around each. */
export function trainPoints({ curves: arrays, record }: KeptRun, metric: OverlayMetric): Points {
  const curves = Curves.fromArrays(arrays);
  const stepsPerEpoch = record.epochs > 0 && record.steps > 0 ? record.steps / record.epochs : 1;
  const values = smooth(curves.column(metric), SMOOTHING * record.step, curves.stride);
  return {
    x: Array.from(curves.column('step'), (step) => step / stepsPerEpoch),
    y: Array.from(values, (value) => (Number.isFinite(value) ? value : null)),
  };
}

/** The validation after each epoch. */
export const validationPoints = ({ history }: KeptRun, metric: OverlayMetric): Points => ({
  x: history.map(({ epoch }) => epoch),
  y: history.map(({ validation }) => validation[metric]),
});

/** All curves over one column of x, which a plot wants: null where a curve says nothing. */
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
  /** The part of the x axis that is shown. */
  readonly from: number;
  readonly to: number;
  readonly log: boolean;
}

/** What the y axis spans: losses from 0 on, accuracies up to 1, without the first tenth of a run, which is steep. */
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
