import type { Builder } from '../ir/builder.ts';
import type { Value } from '../ir/program.ts';

/** A number that may differ from step to step: a scalar input of the program, which `hyperValues` gives its value. */
export type Hyper = 'learningRate' | 'momentum' | 'gradientShare' | 'biasCorrection1' | 'biasCorrection2';

/** What the parameters of a group have in common during a step. */
export interface StepScalars {
  /** The group's own: the run's, scaled. */
  readonly learningRate: Value;
  hyper(name: Hyper): Value;
  /** A schedule cycles momentum (Adam's beta1): it is a hyper then, otherwise a constant of the optimizer's config. */
  readonly cyclesMomentum: boolean;
}

/** What an update works on: one parameter. All tensors have its shape. */
export interface UpdateArgs {
  readonly param: Value;
  readonly gradient: Value;
  readonly weightDecay: number;
  /** The optimizer's memory of that name for this parameter; before the first step every number of it is `initial`. */
  state(name: string, initial?: number): Value;
}

export interface Update {
  readonly param: Value;
  /** New values of the memory, by the names given to `state`. */
  readonly state: Readonly<Record<string, Value>>;
}

/** Emits the update of one parameter. */
export type UpdateRule = (args: UpdateArgs) => Update;

/** g + λ·w: weight decay as a penalty, which goes the way of the gradient. */
export const decayed = (g: Builder, { gradient, param, weightDecay }: UpdateArgs): Value =>
  weightDecay === 0 ? gradient : g.add(gradient, g.mul(param, g.scalar(weightDecay)));

/** The momentum of the step, null where there is none. */
export function momentumOf(g: Builder, momentum: number, { cyclesMomentum, hyper }: StepScalars): Value | null {
  if (cyclesMomentum) return hyper('momentum');
  return momentum === 0 ? null : g.scalar(momentum);
}

/** old + (x − old)·share: a running mean, in which x counts for `share`. */
export const lerp = (g: Builder, old: Value, x: Value, share: Value): Value => g.add(old, g.mul(g.sub(x, old), share));
