import type { Measure } from '../../../src/sweep/summary.ts';
import { percent } from '../../ui/i18n/numbers.ts';

/** An accuracy as a percentage, a loss as it is; a dash where there is none. */
export const figureOf = (value: number | null, measure: Measure): string => {
  if (value === null) return '–';
  return measure === 'accuracy' ? percent(value) : value.toFixed(4);
};

/** With its sign: of accuracies in percentage points, which have a word of their own. */
export const signedFigure = (value: number, measure: Measure): string => {
  const size = measure === 'accuracy' ? (100 * Math.abs(value)).toFixed(2) : Math.abs(value).toFixed(4);
  return `${value < 0 ? '−' : '+'}${size}`;
};
