import type { Builder } from '../ir/builder.ts';
import type { Value } from '../ir/program.ts';
import { decayed, lerp, momentumOf, type StepScalars, type Update, type UpdateRule } from './rule.ts';

export interface RmspropConfig {
  readonly kind: 'rmsprop';
  readonly alpha: number;
  readonly eps: number;
  readonly weightDecay: number;
  readonly momentum: number;
  readonly centered: boolean;
}

/**
 * RMSprop (Hinton's lecture 6e, 2012), as in torch.optim.RMSprop: v ← α·v + (1 − α)·g²; centered, v − ḡ² with ḡ ← α·ḡ
 * + (1 − α)·g. The step is g / (√v + ε), with momentum b ← μ·b + g / (√v + ε).
 */
export function rmsprop(g: Builder, config: RmspropConfig, step: StepScalars): UpdateRule {
  const { alpha, eps, centered } = config;
  const momentum = momentumOf(g, config.momentum, step);
  const share = g.scalar(1 - alpha);
  return (args): Update => {
    const gradient = decayed(g, args);
    const v = g.add(g.mul(args.state('v'), g.scalar(alpha)), g.mul(g.square(gradient), share));
    const state: Record<string, Value> = { v };
    let variance = v;
    if (centered) {
      const mean = lerp(g, args.state('mean'), gradient, share);
      state.mean = mean;
      // Rounding may make the difference of two equal numbers negative.
      variance = g.relu(g.sub(v, g.square(mean)));
    }
    let direction = g.div(gradient, g.add(g.sqrt(variance), g.scalar(eps)));
    if (momentum !== null) {
      direction = g.add(g.mul(args.state('momentum'), momentum), direction);
      state.momentum = direction;
    }
    return { param: g.sub(args.param, g.mul(direction, step.learningRate)), state };
  };
}
