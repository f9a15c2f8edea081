import { type RunCurves, scaleOf } from './chartData.ts';
import { type CurveMetric, curveMetrics, isEpochMetric, isNoisy } from './curveMetrics.ts';
import { firstFrom } from './decimate.ts';
import { smooth } from './smooth.ts';

interface MetricReading {
  readonly metric: CurveMetric;
  /** Value of the drawn curve, the running mean. */
  readonly value: number;
  /** Validation value after the nearest epoch; null if the metric has none. */
  readonly validation: number | null;
}

export interface Readout {
  readonly step: number;
  readonly epoch: number;
  readonly values: readonly MetricReading[];
}

/** All known values at a position of the run, in epochs; null before the first step. */
export function readoutAt(run: RunCurves, at: number, window: number): Readout | null {
  const { curves, history } = run;
  const scale = scaleOf(run);
  const steps = curves.column('step');
  if (steps.length === 0) return null;
  const wanted = scale.stepOf(at);
  const right = Math.min(steps.length - 1, firstFrom(steps, wanted));
  const left = Math.max(0, right - 1);
  const i = wanted - (steps[left] as number) < (steps[right] as number) - wanted ? left : right;
  const step = steps[i] as number;
  const epoch = scale.epochOf(step);
  const near = history.find((row) => row.epoch === Math.max(1, Math.round(at)));
  const values = curveMetrics.flatMap((metric): MetricReading[] => {
    const column = curves.column(metric);
    const value = (isNoisy(metric) ? smooth(column, window, curves.stride) : column)[i] as number;
    const validation = near !== undefined && isEpochMetric(metric) ? near.validation[metric] : null;
    return Number.isFinite(value) ? [{ metric, value, validation }] : [];
  });
  return { step: Math.round(step), epoch, values };
}
