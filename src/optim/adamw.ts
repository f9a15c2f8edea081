import type { Builder } from '../ir/builder.ts';
import type { Value } from '../ir/program.ts';
import { adam, type MomentsConfig } from './adam.ts';
import type { StepScalars, UpdateRule } from './rule.ts';

export interface AdamWConfig extends MomentsConfig {
  readonly kind: 'adamw';
}

/** Adam with decoupled weight decay (Loshchilov and Hutter 2019), as in torch.optim.AdamW: first w ← w·(1 − η·λ). */
export function adamw(g: Builder, config: AdamWConfig, step: StepScalars): UpdateRule {
  const rule = adam(g, config, step);
  const shares = new Map<number, Value>();
  const keptOf = (weightDecay: number): Value => {
    const kept = shares.get(weightDecay) ?? g.sub(g.scalar(1), g.mul(step.learningRate, g.scalar(weightDecay)));
    shares.set(weightDecay, kept);
    return kept;
  };
  return (args) => {
    if (args.weightDecay === 0) return rule(args);
    return rule({ ...args, param: g.mul(args.param, keptOf(args.weightDecay)), weightDecay: 0 });
  };
}
