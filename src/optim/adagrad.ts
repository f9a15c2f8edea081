import type { Builder } from '../ir/builder.ts';
import { decayed, type StepScalars, type UpdateRule } from './rule.ts';

export interface AdagradConfig {
  readonly kind: 'adagrad';
  readonly lrDecay: number;
  readonly weightDecay: number;
  readonly initialAccumulator: number;
  readonly eps: number;
}

/**
 * Adagrad (Duchi, Hazan and Singer 2011), as in torch.optim.Adagrad: s ← s + g², w ← w − η·g / (√s + ε).
 * `hyperValues` computes the learning rate η / (1 + (t − 1)·lrDecay).
 */
export function adagrad(g: Builder, config: AdagradConfig, step: StepScalars): UpdateRule {
  return (args) => {
    const gradient = decayed(g, args);
    const sum = g.add(args.state('sum', config.initialAccumulator), g.square(gradient));
    const move = g.div(g.mul(gradient, step.learningRate), g.add(g.sqrt(sum), g.scalar(config.eps)));
    return { param: g.sub(args.param, move), state: { sum } };
  };
}
