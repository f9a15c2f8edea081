import type { OutputResults, Results } from '../../../src/protocol/results.ts';
import { type Cell, csvFile } from '../../ui/csv.ts';

/** Rows are true classes, columns predicted ones. `corner` says so. */
export const confusionCsv = (
  { confusion }: OutputResults,
  labels: readonly string[],
  corner: string,
): Uint8Array<ArrayBuffer> =>
  csvFile([[corner, ...labels], ...confusion.map((row, k) => [labels[k] ?? `${k}`, ...row])]);

/** The heads of the table of samples; those of probabilities are left out where there are none. */
export interface AnswerHeads {
  readonly sample: string;
  readonly truth: string;
  readonly predicted: string;
  readonly probability: string;
  readonly trueProbability: string;
  readonly loss: string;
}

/** A line for each answer: where its sample is in the data, what is true, what was said and how surely. */
export function answersCsv(
  { indices }: Results,
  output: OutputResults,
  heads: AnswerHeads,
  label: (value: number) => string | number,
): Uint8Array<ArrayBuffer> {
  const { width, truth, predicted, probability, trueProbability, loss } = output;
  const sure = probability.length > 0;
  // Float32 printed as such: 0.1, not 0.10000000149011612.
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
