import type { OutputResults } from '../../../src/protocol/results.ts';

/** Order of predictions, which are referred to by their index in the lists of an output. */
export type Order = 'loss' | 'certain';

/** Cell of the confusion matrix. */
export interface Cell {
  readonly truth: number;
  readonly predicted: number;
}

/** Predictions in a cell, the least confident first. */
export function predictionsIn({ truth, predicted, probability }: OutputResults, cell: Cell): number[] {
  const found: number[] = [];
  for (let i = 0; i < truth.length; i++) {
    if (truth[i] === cell.truth && predicted[i] === cell.predicted) found.push(i);
  }
  return found.sort((a, b) => (probability[a] as number) - (probability[b] as number));
}

/** Misclassified samples by loss or confidence. For regression, all samples, largest error first. */
export function mistakesOf(output: OutputResults, order: Order): number[] {
  const { answers, truth, predicted, loss, probability } = output;
  const wrong: number[] = [];
  for (let i = 0; i < truth.length; i++) if (answers === 'numbers' || truth[i] !== predicted[i]) wrong.push(i);
  const by = answers === 'numbers' || order === 'loss' ? loss : probability;
  // NaN counts as the worst.
  const rank = (i: number): number => (Number.isNaN(by[i]) ? Number.POSITIVE_INFINITY : (by[i] as number));
  return wrong.sort((a, b) => rank(b) - rank(a) || a - b);
}

/** Off-diagonal cells that are not 0, most frequent first. */
export const confusionsOf = ({ cells }: Pick<OutputResults, 'cells'>): OutputResults['cells'] =>
  cells.filter(({ truth, predicted }) => truth !== predicted).sort((a, b) => b.count - a.count);

export type ClassColumn = 'class' | 'precision' | 'recall' | 'f1' | 'support';
export interface ClassRow {
  readonly class: number;
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  readonly support: number;
}

export function classRows({ classes }: OutputResults, column: ClassColumn, down: boolean): ClassRow[] {
  const rows = classes.map((scores, index): ClassRow => ({ ...scores, class: index }));
  return rows.sort((a, b) => (down ? b[column] - a[column] : a[column] - b[column]) || a.class - b.class);
}

/** Counts of the values in `count` equal intervals between their min and max. */
export function histogramOf(values: ArrayLike<number>, count: number): { from: number; to: number; bins: number[] } {
  let [from, to] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    if (!Number.isFinite(value)) continue;
    from = Math.min(from, value);
    to = Math.max(to, value);
  }
  const bins = new Array<number>(count).fill(0);
  if (from > to) return { from: 0, to: 0, bins };
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    if (!Number.isFinite(value)) continue;
    const at = to === from ? 0 : Math.min(count - 1, Math.floor(((value - from) / (to - from)) * count));
    bins[at] = (bins[at] as number) + 1;
  }
  return { from, to, bins };
}
