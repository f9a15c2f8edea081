import type { RunRecord } from '../../../src/runs/record.ts';
import { compareValues, type Measure, resultOf, variedKeys } from '../../../src/sweep/summary.ts';
import { same, type Text } from '../../../src/text.ts';
import { settingName } from './settingWords.ts';

type Value = RunRecord['varied'][string];

/** Axis of parallel coordinates, with a position from 0 (bottom) to 1 (top) for every run. */
export interface Axis {
  /** Key of the varied setting, or `result`. */
  readonly id: string;
  readonly label: Text;
  readonly logarithmic: boolean;
  /** Position of a run; null if it has no value, and its line ends there. */
  place(run: RunRecord): number | null;
  readonly ticks: readonly { readonly at: number; readonly value: Value }[];
}

export const RESULT = 'result';

/** Ratio of largest to smallest value from which an axis is logarithmic. */
const WIDE = 20;
/** Up to this number of distinct values, each has its own tick. */
const FEW = 6;

/** One axis per setting that differs; the result is the last axis. */
export function axesOf(runs: readonly RunRecord[], measure: Measure): readonly Axis[] {
  const varied = variedKeys(runs).flatMap((key) => {
    const values = [...new Set(runs.flatMap(({ varied: own }) => (key in own ? [own[key] as Value] : [])))];
    return values.length < 2 ? [] : [axisOf(key, settingName(key), values, ({ varied: own }) => own[key])];
  });
  const results = runs.flatMap((run) => resultOf(run, measure) ?? []);
  const result = numberAxis(RESULT, same(measure), results.length === 0 ? [0, 1] : results, (run) =>
    resultOf(run, measure),
  );
  return [...varied, result];
}

function axisOf(id: string, label: Text, values: readonly Value[], read: (run: RunRecord) => Value | undefined): Axis {
  const numbers = values.filter((value) => typeof value === 'number');
  if (numbers.length === values.length) {
    return numberAxis(id, label, numbers, (run) => {
      const value = read(run);
      return typeof value === 'number' ? value : null;
    });
  }
  const ordered = [...values].sort(compareValues);
  const ticks = ordered.map((value, i) => ({ at: (i + 0.5) / ordered.length, value }));
  const places = new Map(ticks.map(({ at, value }) => [value, at]));
  return {
    id,
    label,
    logarithmic: false,
    ticks,
    place(run) {
      const value = read(run);
      return value === undefined ? null : (places.get(value) ?? null);
    },
  };
}

function numberAxis(id: string, label: Text, values: readonly number[], read: (run: RunRecord) => number | null): Axis {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const logarithmic = id !== RESULT && low > 0 && high / low >= WIDE;
  const scale = logarithmic ? Math.log : (value: number) => value;
  const [from, to] = [scale(low), scale(high)];
  const placeOf = (value: number) => (to === from ? 0.5 : (scale(value) - from) / (to - from));
  const distinct = [...new Set(values)].sort((a, b) => a - b);
  const shown = id !== RESULT && distinct.length <= FEW ? distinct : spaced(low, high, logarithmic);
  return {
    id,
    label,
    logarithmic,
    ticks: shown.map((value) => ({ at: placeOf(value), value })),
    place(run) {
      const value = read(run);
      return value === null ? null : placeOf(value);
    },
  };
}

/** Ends and equidistant values between them on the axis, with three significant digits. */
function spaced(low: number, high: number, logarithmic: boolean): readonly number[] {
  if (low === high) return [low];
  const at = (t: number) => (logarithmic ? low * (high / low) ** t : low + t * (high - low));
  return [low, ...[0.25, 0.5, 0.75].map((t) => Number(at(t).toPrecision(3))), high];
}

/** Selected part of an axis. Runs outside are excluded. */
export interface Brush {
  readonly from: number;
  readonly to: number;
}
export type Brushes = Readonly<Record<string, Brush>>;

/** Tolerance at the ends of a brush, so that values on an end are included. */
const EDGE = 1e-9;

export const isInside = (run: RunRecord, axes: readonly Axis[], brushes: Brushes): boolean =>
  axes.every((axis) => {
    const brush = brushes[axis.id];
    if (brush === undefined) return true;
    const at = axis.place(run);
    return at !== null && at >= brush.from - EDGE && at <= brush.to + EDGE;
  });

/** Brush with one end moved; null if it covers the whole axis. */
export function withEnd(brush: Brush | undefined, end: 'from' | 'to', at: number): Brush | null {
  const { from, to } = brush ?? { from: 0, to: 1 };
  const place = Math.min(1, Math.max(0, at));
  const next = end === 'from' ? { from: Math.min(place, to), to } : { from, to: Math.max(place, from) };
  return next.from <= 0 && next.to >= 1 ? null : next;
}

/** Rank of each run from 0 (worst) to 1 (best). Runs without a result have none. */
export function ranks(runs: readonly RunRecord[], measure: Measure): ReadonlyMap<string, number> {
  const results = runs.flatMap((run): [string, number][] => {
    const value = resultOf(run, measure);
    return value === null ? [] : [[run.id, measure === 'loss' ? -value : value]];
  });
  const ordered = [...results].sort(([, a], [, b]) => a - b);
  const last = Math.max(1, ordered.length - 1);
  return new Map(ordered.map(([id], i) => [id, ordered.length === 1 ? 1 : i / last]));
}
