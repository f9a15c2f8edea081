import type { Builder } from '../ir/builder.ts';
import type { OutputRole, Value } from '../ir/program.ts';
import { type ClipConfig, clipping, gradientNorm } from './clip.ts';
import { type OptimizerConfig, updateRule } from './optimizer.ts';
import type { Hyper, UpdateRule } from './rule.ts';

/** Settings for a group of parameters. */
export interface ParamGroup {
  /** Prefix of the names of the parameters. */
  readonly match: string;
  readonly learningRateScale?: number;
  readonly weightDecay?: number;
}

/** The training settings that concern updates. */
export interface UpdateSettings {
  readonly optimizer: OptimizerConfig;
  readonly clip?: ClipConfig;
  readonly groups?: readonly ParamGroup[];
  /** False if only weights are decayed. */
  readonly decayBiasAndNorm?: boolean;
  readonly schedule?: { readonly kind: string; readonly cycleMomentum?: boolean };
  /** Makes the norm of all gradients, before clipping, an output of the program. */
  readonly reportNorm?: boolean;
}

/** A trained parameter with its gradient. */
export interface TrainedParam {
  readonly name: string;
  readonly param: Value;
  readonly gradient: Value;
  readonly role: 'weight' | 'bias' | 'norm';
}

interface UpdateOutput {
  readonly name: string;
  readonly value: Value;
  readonly role: OutputRole;
}

/** Name of a hyper as a program input: `learning_rate`. */
const inputName = (hyper: Hyper): string => hyper.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/**
 * Emits clipping and the update of every parameter. Inputs are the optimizer state (`adam/conv1/weight/m`) and the
 * scalars of the step (`learning_rate`, …); outputs are the new values of everything that changes (`conv1/weight_new`).
 */
export function emitUpdates(g: Builder, settings: UpdateSettings, trained: readonly TrainedParam[]): UpdateOutput[] {
  const { optimizer, clip, groups = [], decayBiasAndNorm = true, schedule, reportNorm = false } = settings;
  const { kind } = optimizer;

  const inputs = new Map<Hyper, Value>();
  const hyper = (name: Hyper): Value => {
    const value = inputs.get(name) ?? g.input(inputName(name), 'float32', [], { kind: 'hyper', hyper: name });
    inputs.set(name, value);
    return value;
  };
  const rules = new Map<number, UpdateRule>();
  const ruleOf = (scale: number): UpdateRule => {
    const known = rules.get(scale);
    if (known !== undefined) return known;
    const rate = hyper('learningRate');
    const learningRate = scale === 1 ? rate : g.mul(rate, g.scalar(scale));
    const cyclesMomentum = schedule?.kind === 'oneCycle' && schedule.cycleMomentum === true;
    const rule = updateRule(g, optimizer, { learningRate, hyper, cyclesMomentum });
    rules.set(scale, rule);
    return rule;
  };

  if (trained.length === 0) return [];
  const outputs: UpdateOutput[] = [];
  let norm: Value | null = null;
  const normOf = (): Value => {
    norm ??= gradientNorm(
      g,
      trained.map(({ gradient }) => gradient),
    );
    return norm;
  };
  const clipped = g.within('clip', () => clipping(g, clip, normOf));
  if (reportNorm) {
    outputs.push({ name: 'gradient_norm', value: g.within('clip', normOf), role: { kind: 'gradientNorm' } });
  }

  for (const { name, param, gradient, role } of trained) {
    const group = groups.find(({ match }) => name.startsWith(match));
    const decays = decayBiasAndNorm || role === 'weight';
    const rule = g.within(kind, () => ruleOf(group?.learningRateScale ?? 1));
    const shape = g.sizes(param);
    // If the last axes of a tensor have size 1, the runtime applies an op with a scalar value by value, up to 30 times
    // slower (measured).
    const flatten = shape.length > 1 && shape.at(-1) === 1;
    const work = (value: Value): Value => (flatten ? g.reshape(value, [-1]) : value);
    const memory = new Map<string, Value>();
    const update = g.within(`${kind}/${name}`, () => {
      const operand = work(param);
      return rule({
        param: operand,
        gradient: clipped(work(gradient)),
        weightDecay: decays ? (group?.weightDecay ?? optimizer.weightDecay) : 0,
        state(key, initial = 0) {
          const value = g.input(`${kind}/${name}/${key}`, 'float32', operand.shape, { kind: 'state', initial });
          memory.set(key, value);
          return value;
        },
      });
    });
    const next = flatten ? g.within(`${kind}/${name}`, () => g.reshape(update.param, shape)) : update.param;
    outputs.push({ name: `${name}_new`, value: next, role: { kind: 'update', of: name } });
    for (const [key, { name: of }] of memory) {
      outputs.push({ name: `${of}_new`, value: update.state[key] as Value, role: { kind: 'update', of } });
    }
  }
  return outputs;
}
