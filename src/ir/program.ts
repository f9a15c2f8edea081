import type { OpName } from './ops.ts';
import type { Dims } from './shape.ts';
import type { DType, Tensor } from './tensor.ts';

/** A tensor that a program names: an input, a constant or the result of an op. Compared by identity. */
export interface Value {
  readonly name: string;
  readonly dtype: DType;
  readonly shape: Dims;
  /** Present when the value is a constant. */
  readonly tensor?: Tensor;
}

export type AttrValue = number | string | readonly number[];
export type Attrs = Readonly<Record<string, AttrValue>>;

/** One application of an op of the table (ops.ts), which is an ONNX node one to one. */
export interface Op {
  readonly op: OpName;
  readonly name: string;
  /** An omitted optional input is null. */
  readonly inputs: readonly (Value | null)[];
  readonly outputs: readonly Value[];
  readonly attrs: Attrs;
}

/** What a program's input is for; the trainer feeds it accordingly. */
export type InputRole =
  | { readonly kind: 'data' }
  | { readonly kind: 'target' }
  | { readonly kind: 'parameter' }
  /** Kept from step to step but not trained: running statistics. */
  | { readonly kind: 'buffer' }
  /** Ones with probability `keep`, else zeros, drawn anew for every step. */
  | { readonly kind: 'random'; readonly keep: number }
  /** An optimizer's memory; every number of it is `initial` before the first step. */
  | { readonly kind: 'state'; readonly initial: number }
  /** A scalar that every step sets anew, by the name that src/optim knows it by: `learningRate`, … */
  | { readonly kind: 'hyper'; readonly hyper: string };

export interface ProgramInput {
  readonly value: Value;
  readonly role: InputRole;
}

export type OutputRole =
  | { readonly kind: 'prediction' }
  /** Mean over the batch. */
  | { readonly kind: 'loss' }
  /** One output's share of the loss, where the network has several outputs. */
  | { readonly kind: 'partialLoss' }
  /** How many samples of the batch were predicted right. */
  | { readonly kind: 'correct' }
  /** Of all gradients together, before clipping. */
  | { readonly kind: 'gradientNorm' }
  /** The new value of the input of that name. */
  | { readonly kind: 'update'; readonly of: string };

export interface ProgramOutput {
  readonly value: Value;
  readonly role: OutputRole;
}

/** A typed tensor program; ops are in the order of execution. */
export interface Program {
  readonly name: string;
  readonly inputs: readonly ProgramInput[];
  readonly ops: readonly Op[];
  readonly outputs: readonly ProgramOutput[];
}

/** The constants that the ops and outputs of a program use, in order of first use. */
export function constantsOf(program: Program): Value[] {
  const found = new Set<Value>();
  for (const op of program.ops) {
    for (const input of op.inputs) if (input?.tensor !== undefined) found.add(input);
  }
  for (const { value } of program.outputs) if (value.tensor !== undefined) found.add(value);
  return [...found];
}
