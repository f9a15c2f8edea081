import type { Builder } from '../ir/builder.ts';
import type { Attrs, Op, Value } from '../ir/program.ts';

/**
 * Arguments of a gradient rule: the op, its inputs (an omitted one is undefined), all its outputs, and the gradient
 * of the first output.
 */
export interface RuleArgs {
  readonly op: Op;
  readonly x: readonly Value[];
  readonly y: readonly Value[];
  readonly dy: Value;
  /**
   * Gradients of all outputs, for ops with several differentiable outputs; null for an output that does not affect the
   * loss.
   */
  readonly dys: readonly (Value | null)[];
  readonly attrs: Attrs;
}

/**
 * Emits the gradients of the inputs of an op, in order; null for an input without one (indices, shapes). A gradient
 * may have the broadcast shape of the output: `backward` sums it to the shape of the operand.
 */
export type Rule = (g: Builder, args: RuleArgs) => readonly (Value | null)[];

/** The op has no gradient, because it is piecewise constant or its inputs are discrete. */
export const notDifferentiable = 'notDifferentiable';

export type GradientRule = Rule | typeof notDifferentiable;
