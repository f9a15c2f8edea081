import type { ElementType } from '../elementTypes.ts';
import type { OpName } from './ops.ts';
import type { Dims } from './shape.ts';
import type { Tensor } from './tensor.ts';

/** A named tensor of a program: an input, a constant or the result of an op. Values are compared by identity. */
export interface Value {
  readonly name: string;
  /** Only results and inputs of `Operator` have others than DType. */
  readonly dtype: ElementType;
  readonly shape: Dims;
  /** Present if the value is a constant. */
  readonly tensor?: Tensor;
}

export type AttrValue = number | string | readonly number[];
export type Attrs = Readonly<Record<string, AttrValue>>;

/** Type of a value. */
export type ValueSpec = Pick<Value, 'dtype' | 'shape'>;

/** Part of an ONNX model that the op `Operator` runs as it is. */
export interface Fragment {
  /** Operator in the words of the user: “LSTM”. */
  readonly title: string;
  /** Base64 of a ModelProto; inputs and outputs of its graph are those of the op, in this order. */
  readonly model: string;
  /** Types of its outputs for the inputs of the op. */
  readonly outputs: readonly ValueSpec[];
}

/** One use of an op of the table (ops.ts). It becomes one ONNX node; an `Operator` becomes the nodes of its fragment. */
export interface Op {
  readonly op: OpName;
  readonly name: string;
  /** An omitted optional input is null. */
  readonly inputs: readonly (Value | null)[];
  readonly outputs: readonly Value[];
  readonly attrs: Attrs;
  /** Only of `Operator`. */
  readonly fragment?: Fragment;
}

/** The purpose of a program input, which decides how the trainer feeds it. */
export type InputRole =
  | { readonly kind: 'data' }
  | { readonly kind: 'target' }
  | { readonly kind: 'parameter' }
  /** Kept from step to step, but not trained: running statistics. */
  | { readonly kind: 'buffer' }
  /** Random ones (with probability `keep`) and zeros, sampled for every step. */
  | { readonly kind: 'random'; readonly keep: number }
  /** Optimizer state; all values are `initial` before the first step. */
  | { readonly kind: 'state'; readonly initial: number }
  /** A scalar that is set for every step, with its name in src/optim: `learningRate`, … */
  | { readonly kind: 'hyper'; readonly hyper: string };

export interface ProgramInput {
  readonly value: Value;
  readonly role: InputRole;
}

export type OutputRole =
  | { readonly kind: 'prediction' }
  /** Mean over the batch. */
  | { readonly kind: 'loss' }
  /** Loss of one output of a network with several outputs. */
  | { readonly kind: 'partialLoss' }
  /** Number of correct predictions in the batch. */
  | { readonly kind: 'correct' }
  /** Norm of all gradients together, before clipping. */
  | { readonly kind: 'gradientNorm' }
  /** The new value of the input `of`. */
  | { readonly kind: 'update'; readonly of: string };

export interface ProgramOutput {
  readonly value: Value;
  readonly role: OutputRole;
}

/** A typed tensor program, with ops in execution order. */
export interface Program {
  readonly name: string;
  readonly inputs: readonly ProgramInput[];
  readonly ops: readonly Op[];
  readonly outputs: readonly ProgramOutput[];
}

/** The constants used by the ops and outputs of a program, in order of first use. */
export function constantsOf(program: Program): Value[] {
  const found = new Set<Value>();
  for (const op of program.ops) {
    for (const input of op.inputs) if (input?.tensor !== undefined) found.add(input);
  }
  for (const { value } of program.outputs) if (value.tensor !== undefined) found.add(value);
  return [...found];
}
