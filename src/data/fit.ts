import type { DataFacts } from './known.ts';

type InputField = DataFacts['inputs'][number];
type TargetField = DataFacts['targets'][number];

/** An end of a network where samples come in. */
export interface NetworkInput {
  readonly name: string;
  readonly shape: readonly number[];
}

/** An end of a network where answers come out. */
export interface NetworkOutput {
  readonly name: string;
  /** One of several classes, yes or no, or numbers. */
  readonly answers: 'class' | 'binary' | 'numbers';
  /** Shape of the answers to one sample, without the batch axis; for classes that of the scores. */
  readonly shape: readonly number[];
}

/** Why an end cannot take its field. */
export type Misfit =
  | { readonly kind: 'shape'; readonly has: readonly number[] }
  /** Another kind of answers. */
  | { readonly kind: 'answers' }
  | { readonly kind: 'classes'; readonly has: number; readonly told: number }
  /** So many answers a sample. */
  | { readonly kind: 'count'; readonly has: number; readonly gives: number };

const count = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1);

const named = <F extends { readonly name: string }>(fields: readonly F[], name: string): F | null =>
  fields.find((field) => field.name === name) ?? null;
const only = <F>(fields: readonly F[], ends: number): F | null =>
  fields.length === 1 && ends === 1 ? (fields[0] as F) : null;

/** The field for an input: the one of its name, or the only one; null where there is none. */
export const inputField = <F extends InputField>(fields: readonly F[], input: NetworkInput, ends: number): F | null =>
  named(fields, input.name) ?? only(fields, ends);

/** The field for an output: the one of its name, the only one of its kind, or the only one; null where there is none. */
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

/** Two classes are also yes and no, and so are numbers that are all 0 or 1. */
export function sameKind(field: TargetField, { answers }: Pick<NetworkOutput, 'answers'>): boolean {
  if (field.classes === null) return answers === 'numbers' || (answers === 'binary' && field.yesNo);
  return answers === 'class' || (answers === 'binary' && field.classes <= 2);
}

/** Why an input cannot take the field; null where it can. */
export const inputMisfit = ({ shape: has }: InputField, { shape }: NetworkInput): Misfit | null =>
  has.join() === shape.join() ? null : { kind: 'shape', has };

/** Why an output cannot take the field; null where it can. */
export function targetMisfit(field: TargetField, output: NetworkOutput): Misfit | null {
  if (!sameKind(field, output)) return { kind: 'answers' };
  if (output.answers === 'class') {
    const [has, told] = [field.classes ?? 0, output.shape[0] ?? 0];
    return told < has ? { kind: 'classes', has, told } : null;
  }
  const [has, gives] = [count(field.shape), count(output.shape)];
  return has === gives ? null : { kind: 'count', has, gives };
}
