import type { Builder } from '../ir/builder.ts';
import type { Attrs, Op, Value } from '../ir/program.ts';

/**
 * What a gradient rule is given: the op, its inputs (an omitted one is undefined), all its outputs, and the gradient of
 * the first output.
 */
export interface RuleArgs {
  readonly op: Op;
  readonly x: readonly Value[];
  readonly y: readonly Value[];
  readonly dy: Value;
  /** Gradients of all outputs, null where none flows: for ops with several differentiable outputs. */
  readonly dys: readonly (Value | null)[];
  readonly attrs: Attrs;
}

/**
 * Emits the gradients of an op's inputs, in order; null for an input that takes none (indices, shapes). A gradient may
 * have the broadcast shape of the op's output: the walk sums it down to its operand's shape.
 */
export type Rule = (g: Builder, args: RuleArgs) => readonly (Value | null)[];

/** No gradient passes: the op is piecewise constant, or its inputs are no numbers one could vary. */
export const notDifferentiable = 'notDifferentiable';

export type GradientRule = Rule | typeof notDifferentiable;
