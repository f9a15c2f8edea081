import type { EpochRecord } from '../../../src/runs/record.ts';
import { figure } from '../../ui/i18n/figure.ts';
import { percent, whole } from '../../ui/i18n/numbers.ts';

/** Metrics of the run panel. Each has its own chart. */
export const curveMetrics = ['loss', 'accuracy', 'learningRate', 'gradientNorm', 'samplesPerSecond'] as const;
export type CurveMetric = (typeof curveMetrics)[number];

/** Metrics that every epoch has for both training and validation. */
export type EpochMetric = Extract<CurveMetric, 'loss' | 'accuracy'>;
export const isEpochMetric = (metric: CurveMetric): metric is EpochMetric => metric === 'loss' || metric === 'accuracy';

/** Metrics that vary from batch to batch, so that a running mean is useful. */
export const isNoisy = (metric: CurveMetric): boolean => metric !== 'learningRate';

/** Three significant digits for numbers of any size: 0.1, 0.00123, 1.2e-6. */
const figures = (value: number): string => String(Number(value.toPrecision(3)));

export const formatMetric: Readonly<Record<CurveMetric, (value: number) => string>> = {
  loss: (value) => (value >= 0.001 && value < 1e5 ? value.toFixed(value < 0.1 ? 4 : 3) : figure(value)),
  accuracy: percent,
  learningRate: figures,
  gradientNorm: figures,
  samplesPerSecond: whole,
};

/** Epoch with the lowest validation loss or highest accuracy, the first one among equals; null if no epoch has a value. */
export function bestBy<T extends EpochRecord>(history: readonly T[], metric: EpochMetric): T | null {
  let best: T | null = null;
  for (const row of history) {
    const [value, least] = [row.validation[metric], best?.validation[metric] ?? null];
    if (value === null) continue;
    if (least === null || (metric === 'loss' ? value < least : value > least)) best = row;
  }
  return best;
}

/** Epoch with the best weights: highest validation accuracy, then lowest validation loss. */
export function bestEpoch<T extends EpochRecord>(history: readonly T[]): T | null {
  let best: T | null = null;
  for (const row of history) if (best === null || isBetter(row.validation, best.validation)) best = row;
  return best;
}

function isBetter(a: EpochRecord['validation'], b: EpochRecord['validation']): boolean {
  if (a.accuracy === null || b.accuracy === null || a.accuracy === b.accuracy) return a.loss < b.loss;
  return a.accuracy > b.accuracy;
}
