import type { Builder } from '../ir/builder.ts';
import type { Update, UpdateArgs } from './optimizer.ts';

export interface SgdConfig {
  readonly kind: 'sgd';
  readonly momentum: number;
  readonly weightDecay: number;
  readonly nesterov: boolean;
}

/**
 * Stochastic gradient descent as torch.optim.SGD does it: weight decay is added to the gradient, the momentum buffer
 * is v ← μ·v + g without dampening (so the first one is the gradient itself), and Nesterov looks ahead by g + μ·v.
 */
export function sgd(g: Builder, config: SgdConfig, args: UpdateArgs): Update {
  const { param, gradient, learningRate } = args;
  const { momentum, weightDecay, nesterov } = config;
  const decayed = weightDecay === 0 ? gradient : g.add(gradient, g.mul(param, g.scalar(weightDecay)));
  if (momentum === 0) return { param: g.sub(param, g.mul(decayed, learningRate)), state: {} };
  const velocity = g.add(g.mul(args.state('momentum'), g.scalar(momentum)), decayed);
  const direction = nesterov ? g.add(decayed, g.mul(velocity, g.scalar(momentum))) : velocity;
  return { param: g.sub(param, g.mul(direction, learningRate)), state: { momentum: velocity } };
}
