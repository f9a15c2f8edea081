import { MOST_IN_MATRIX, matrixOf } from '../../../src/metrics/classification.ts';
import type { OutputResults, Results } from '../../../src/protocol/results.ts';
import { type Cell, csvFile } from '../../ui/csv.ts';

/**
 * Confusion matrix as CSV: rows are true classes, columns predicted ones. `corner` is the text of the first cell. For many classes,
 * the cells that are not 0, one per line, under `heads`: true class, predicted class, count.
 */
export function confusionCsv(
  { cells, classes }: OutputResults,
  labels: readonly string[],
  corner: string,
  heads: readonly string[],
): Uint8Array<ArrayBuffer> {
  const label = (k: number): string => labels[k] ?? `${k}`;
  if (classes.length <= MOST_IN_MATRIX) {
    return csvFile([[corner, ...labels], ...matrixOf(cells, classes.length).map((row, k) => [label(k), ...row])]);
  }
  return csvFile([heads, ...cells.map(({ truth, predicted, count }) => [label(truth), label(predicted), count])]);
}

/** Column headers of the table of samples. Columns of probabilities are omitted if there are none. */
export interface PredictionHeads {
  readonly sample: string;
  readonly truth: string;
  readonly predicted: string;
  readonly probability: string;
  readonly trueProbability: string;
  readonly loss: string;
}

/** Predictions as CSV, a line per sample: index in the dataset, true value, prediction, confidence. */
export function predictionsCsv(
  { indices }: Results,
  output: OutputResults,
  heads: PredictionHeads,
  label: (value: number) => string | number,
): Uint8Array<ArrayBuffer> {
  const { width, truth, predicted, probability, trueProbability, loss } = output;
  const sure = probability.length > 0;
  // Seven digits print a float32 as 0.1 rather than 0.10000000149011612.
  const number = (value: number | undefined): number => Number((value ?? Number.NaN).toPrecision(7));
  const lines = Array.from(truth, (answer, i): Cell[] => [
    indices[Math.floor(i / width)] as number,
    label(answer),
    label(predicted[i] as number),
    ...(sure ? [number(probability[i]), number(trueProbability[i])] : []),
    number(loss[i]),
  ]);
  const { sample, probability: first, trueProbability: second, ...rest } = heads;
  return csvFile([[sample, rest.truth, rest.predicted, ...(sure ? [first, second] : []), rest.loss], ...lines]);
}
