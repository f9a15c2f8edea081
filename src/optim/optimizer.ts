import type { Builder } from '../ir/builder.ts';
import type { Value } from '../ir/program.ts';
import { type SgdConfig, sgd } from './sgd.ts';

/** The settings of any optimizer, as a recipe holds them. */
export type OptimizerConfig = SgdConfig;

/** What an update rule works on. All tensors have the parameter's shape but `learningRate`, a scalar. */
export interface UpdateArgs {
  readonly param: Value;
  readonly gradient: Value;
  readonly learningRate: Value;
  /** The optimizer's memory of that name for this parameter, zeros at the first step. */
  state(name: string): Value;
}

export interface Update {
  readonly param: Value;
  /** New values of the memory, by the names given to `state`. */
  readonly state: Readonly<Record<string, Value>>;
}

/** Emits the update of one parameter. */
export function emitUpdate(g: Builder, config: OptimizerConfig, args: UpdateArgs): Update {
  switch (config.kind) {
    case 'sgd':
      return sgd(g, config, args);
    default:
      return config.kind satisfies never;
  }
}
