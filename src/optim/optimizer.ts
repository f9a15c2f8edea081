import type { Builder } from '../ir/builder.ts';
import { type AdagradConfig, adagrad } from './adagrad.ts';
import { type AdamConfig, adam } from './adam.ts';
import { type AdamWConfig, adamw } from './adamw.ts';
import { type RmspropConfig, rmsprop } from './rmsprop.ts';
import type { Hyper, StepScalars, UpdateRule } from './rule.ts';
import { type SgdConfig, sgd } from './sgd.ts';

/** Settings of an optimizer, as stored in the training settings. */
export type OptimizerConfig = SgdConfig | AdamConfig | AdamWConfig | RmspropConfig | AdagradConfig;

/** The update rule of parameters with common scalars. */
export function updateRule(g: Builder, config: OptimizerConfig, step: StepScalars): UpdateRule {
  switch (config.kind) {
    case 'sgd':
      return sgd(g, config, step);
    case 'adam':
      return adam(g, config, step);
    case 'adamw':
      return adamw(g, config, step);
    case 'rmsprop':
      return rmsprop(g, config, step);
    case 'adagrad':
      return adagrad(g, config, step);
    default:
      return config satisfies never;
  }
}

/** Number of the step, from 1. `momentum` is present if the schedule cycles it. */
export interface StepAt {
  readonly step: number;
  readonly learningRate: number;
  readonly momentum?: number;
}

/** The values, for one step, of all scalars that the update rule has as inputs; in float64. */
export function hyperValues(config: OptimizerConfig, at: StepAt): Partial<Record<Hyper, number>> {
  const { step, learningRate, momentum } = at;
  const cycled = momentum === undefined ? {} : { momentum };
  switch (config.kind) {
    case 'sgd': {
      const { dampening = 0 } = config;
      const dampened = dampening !== 0 && (momentum !== undefined || config.momentum !== 0);
      const share = dampened ? { gradientShare: step === 1 ? 1 : 1 - dampening } : {};
      return { learningRate, ...cycled, ...share };
    }
    case 'adam':
    case 'adamw': {
      const biasCorrection1 = 1 - (momentum ?? config.beta1) ** step;
      return { learningRate, ...cycled, biasCorrection1, biasCorrection2: 1 - config.beta2 ** step };
    }
    case 'rmsprop':
      return { learningRate, ...cycled };
    case 'adagrad':
      return { learningRate: learningRate / (1 + (step - 1) * config.lrDecay) };
    default:
      return config satisfies never;
  }
}
