import type { Builder } from '../ir/builder.ts';
import { decayed, lerp, type StepScalars, type Update, type UpdateRule } from './rule.ts';

export interface MomentsConfig {
  readonly beta1: number;
  readonly beta2: number;
  readonly eps: number;
  readonly weightDecay: number;
  readonly amsgrad: boolean;
}

export interface AdamConfig extends MomentsConfig {
  readonly kind: 'adam';
}

/**
 * Adam (Kingma and Ba 2015), as in torch.optim.Adam with weight decay added to the gradient: m ← β₁·m + (1 − β₁)·g, v
 * ← β₂·v + (1 − β₂)·g², w ← w − η·(m/c₁) / (√(v/c₂) + ε) with c = 1 − βᵗ. The factors are combined into scalars, as at
 * the end of section 2 of the paper: η·√c₂/c₁ · m / (√v + ε·√c₂). AMSGrad (Reddi et al. 2018) divides by the largest v
 * so far.
 */
export function adam(g: Builder, config: MomentsConfig, step: StepScalars): UpdateRule {
  const { beta1, beta2, eps, amsgrad } = config;
  const share1 = step.cyclesMomentum ? g.sub(g.scalar(1), step.hyper('momentum')) : g.scalar(1 - beta1);
  const share2 = g.scalar(1 - beta2);
  const root = g.sqrt(step.hyper('biasCorrection2'));
  const size = g.div(g.mul(step.learningRate, root), step.hyper('biasCorrection1'));
  const floor = g.mul(root, g.scalar(eps));
  return (args): Update => {
    const gradient = decayed(g, args);
    const m = lerp(g, args.state('m'), gradient, share1);
    const v = g.add(g.mul(args.state('v'), g.scalar(beta2)), g.mul(g.square(gradient), share2));
    const largest = amsgrad ? g.max([args.state('vMax'), v]) : v;
    const move = g.mul(g.div(m, g.add(g.sqrt(largest), floor)), size);
    return { param: g.sub(args.param, move), state: amsgrad ? { m, v, vMax: largest } : { m, v } };
  };
}
