import type { Builder } from '../ir/builder.ts';
import { decayed, momentumOf, type StepScalars, type Update, type UpdateRule } from './rule.ts';

export interface SgdConfig {
  readonly kind: 'sgd';
  readonly momentum: number;
  readonly dampening?: number;
  readonly weightDecay: number;
  readonly nesterov: boolean;
}

/**
 * Stochastic gradient descent, as in torch.optim.SGD. Weight decay is added to the gradient. The momentum buffer is v
 * ← μ·v + (1 − dampening)·g, but g at the first step (`gradientShare` is the factor of g). The Nesterov step is g +
 * μ·v.
 */
export function sgd(g: Builder, config: SgdConfig, step: StepScalars): UpdateRule {
  const { dampening = 0, nesterov } = config;
  const momentum = momentumOf(g, config.momentum, step);
  return (args): Update => {
    const gradient = decayed(g, args);
    const descend = (direction: typeof gradient) => g.sub(args.param, g.mul(direction, step.learningRate));
    if (momentum === null) return { param: descend(gradient), state: {} };
    const share = dampening === 0 ? gradient : g.mul(gradient, step.hyper('gradientShare'));
    const velocity = g.add(g.mul(args.state('momentum'), momentum), share);
    const direction = nesterov ? g.add(gradient, g.mul(velocity, momentum)) : velocity;
    return { param: descend(direction), state: { momentum: velocity } };
  };
}
