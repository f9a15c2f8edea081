import type { Builder } from '../ir/builder.ts';
import type { Value } from '../ir/program.ts';

/** A scalar input of the program that may change from step to step; `hyperValues` computes its value. */
export type Hyper = 'learningRate' | 'momentum' | 'gradientShare' | 'biasCorrection1' | 'biasCorrection2';

/** Scalars of a step that are common to the parameters of a group. */
export interface StepScalars {
  /** Learning rate of the group: that of the run, scaled. */
  readonly learningRate: Value;
  hyper(name: Hyper): Value;
  /**
   * True if the schedule cycles momentum (Adam's beta1). Momentum is then an input of the program, otherwise a
   * constant.
   */
  readonly cyclesMomentum: boolean;
}

/** Arguments of the update of one parameter. All tensors have its shape. */
export interface UpdateArgs {
  readonly param: Value;
  readonly gradient: Value;
  readonly weightDecay: number;
  /** The optimizer state `name` of this parameter. All values are `initial` before the first step. */
  state(name: string, initial?: number): Value;
}

export interface Update {
  readonly param: Value;
  /** New values of the optimizer state, by the names passed to `state`. */
  readonly state: Readonly<Record<string, Value>>;
}

/** Emits the update of one parameter. */
export type UpdateRule = (args: UpdateArgs) => Update;

/** g + λ·w: weight decay as an L2 penalty, added to the gradient. */
export const decayed = (g: Builder, { gradient, param, weightDecay }: UpdateArgs): Value =>
  weightDecay === 0 ? gradient : g.add(gradient, g.mul(param, g.scalar(weightDecay)));

/** The momentum of the step; null without momentum. */
export function momentumOf(g: Builder, momentum: number, { cyclesMomentum, hyper }: StepScalars): Value | null {
  if (cyclesMomentum) return hyper('momentum');
  return momentum === 0 ? null : g.scalar(momentum);
}

/** old + (x − old)·share: a running mean in which x has the weight `share`. */
export const lerp = (g: Builder, old: Value, x: Value, share: Value): Value => g.add(old, g.mul(g.sub(x, old), share));
