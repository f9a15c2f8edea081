import type { DataFacts } from '../graph/document.ts';

type InputField = DataFacts['inputs'][number];
type TargetField = DataFacts['targets'][number];

/** An input layer of a network. */
export interface NetworkInput {
  readonly name: string;
  readonly shape: readonly number[];
}

/** An output layer of a network. */
export interface NetworkOutput {
  readonly name: string;
  /** Kind of the predictions: one of several classes, yes or no, or numbers. */
  readonly answers: 'class' | 'binary' | 'numbers';
  /** Shape of the output for one sample, without the batch axis; for classes, the shape of the logits. */
  readonly shape: readonly number[];
}

/** The reason that a field does not fit an input or output layer. */
export type Misfit =
  | { readonly kind: 'shape'; readonly has: readonly number[] }
  /** The field has targets of another kind. */
  | { readonly kind: 'answers' }
  | { readonly kind: 'classes'; readonly has: number; readonly predicted: number }
  /** The field has another number of targets per sample. */
  | { readonly kind: 'count'; readonly has: number; readonly gives: number };

const count = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1);

const named = <F extends { readonly name: string }>(fields: readonly F[], name: string): F | null =>
  fields.find((field) => field.name === name) ?? null;
const only = <F>(fields: readonly F[], ends: number): F | null =>
  fields.length === 1 && ends === 1 ? (fields[0] as F) : null;

/** The field for an input layer: the one with its name, or the only one; otherwise null. */
export const inputField = <F extends InputField>(fields: readonly F[], input: NetworkInput, ends: number): F | null =>
  named(fields, input.name) ?? only(fields, ends);

/** The field for an output layer: the one with its name, the only one of its kind, or the only one; otherwise null. */
export const targetField = <F extends TargetField>(
  fields: readonly F[],
  output: NetworkOutput,
  ends: number,
): F | null =>
  named(fields, output.name) ??
  only(
    fields.filter((field) => sameKind(field, output)),
    ends,
  ) ??
  only(fields, ends);

/**
 * True if the field has targets of the kind that the output predicts. Yes or no may be two classes or numbers that are
 * all 0 or 1.
 */
export function sameKind(field: TargetField, { answers }: Pick<NetworkOutput, 'answers'>): boolean {
  if (field.classes === null) return answers === 'numbers' || (answers === 'binary' && field.yesNo);
  return answers === 'class' || (answers === 'binary' && field.classes <= 2);
}

/** The reason that the field does not fit the input layer; null if it fits. */
export const inputMisfit = ({ shape: has }: InputField, { shape }: NetworkInput): Misfit | null =>
  has.join() === shape.join() ? null : { kind: 'shape', has };

/** The reason that the field does not fit the output layer; null if it fits. */
export function targetMisfit(field: TargetField, output: NetworkOutput): Misfit | null {
  if (!sameKind(field, output)) return { kind: 'answers' };
  if (output.answers === 'class') {
    const [has, predicted] = [field.classes ?? 0, output.shape[0] ?? 0];
    return predicted < has ? { kind: 'classes', has, predicted } : null;
  }
  const [has, gives] = [count(field.shape), count(output.shape)];
  return has === gives ? null : { kind: 'count', has, gives };
}
