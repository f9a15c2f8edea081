import type { Measure } from '../../../src/sweep/summary.ts';
import { percent } from '../../ui/i18n/numbers.ts';

/** Accuracy in percent, or loss as a number; a dash if there is none. */
export const figureOf = (value: number | null, measure: Measure): string => {
  if (value === null) return '–';
  return measure === 'accuracy' ? percent(value) : value.toFixed(4);
};

/** Difference with its sign. Differences of accuracies are in percentage points; the caller adds the unit. */
export const signedFigure = (value: number, measure: Measure): string => {
  const size = measure === 'accuracy' ? (100 * Math.abs(value)).toFixed(2) : Math.abs(value).toFixed(4);
  return `${value < 0 ? '−' : '+'}${size}`;
};
