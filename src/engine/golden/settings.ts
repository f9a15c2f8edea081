import { z } from 'zod';
import {
  type ClipConfig,
  clipSchema,
  type OptimizerConfig,
  optimizerSchema,
  type Schedule,
  scheduleSchema,
} from '../../graph/recipe.ts';
import type { InitSpec } from '../../layers/initializers.ts';
import { UnsupportedCase } from './draw.ts';

/** Settings of a case, with the names of PyTorch. */
export type Setting = Readonly<Record<string, unknown>>;

/** Names that differ from the camelCase form of PyTorch's names. */
const RENAMED: Readonly<Record<string, string>> = { lr: 'learningRate', initialAccumulatorValue: 'initialAccumulator' };

function camel(name: string): string {
  const joined = name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
  return RENAMED[joined] ?? joined;
}

/** Reads a setting by `schema`. Unknown names are refused, so that no setting of a case is ignored. */
function read<T extends object>(schema: z.ZodType<T>, setting: Setting, extra: Setting = {}): T {
  const named = Object.entries(setting).map(([name, value]) => [
    camel(name),
    typeof value === 'string' ? camel(value) : value,
  ]);
  const wanted = { ...Object.fromEntries(named), ...extra };
  const result = schema.safeParse(wanted);
  if (!result.success) throw new UnsupportedCase(`${JSON.stringify(setting)}: ${z.prettifyError(result.error)}`);
  const unknown = Object.keys(wanted).filter((name) => !Object.hasOwn(result.data, name));
  if (unknown.length > 0) throw new UnsupportedCase(`${String(setting.kind)} with ${unknown.join(', ')}`);
  return result.data;
}

export const optimizerOf = (setting: Setting): OptimizerConfig => read(optimizerSchema, setting);

export function clipOf(clip: unknown): ClipConfig | undefined {
  if (clip === null) return undefined;
  const { by, ...limit } = clip as Setting;
  return read(clipSchema, limit, { kind: by });
}

/** The schedule of a case, in steps, and its initial learning rate. */
export function scheduleOf(setting: Setting): { schedule: Schedule; baseLr: number } {
  const { base_lr, steps: _, ...rest } = setting;
  const { kind } = rest;
  const unit = kind === 'constant' || kind === 'plateau' ? {} : { unit: 'step' };
  const cycle = kind === 'one_cycle' ? { cycleMomentum: true } : {};
  return { schedule: read(scheduleSchema, rest, { ...unit, ...cycle }), baseLr: base_lr as number };
}

const xavier = { gain: z.number().optional() };
const kaiming = {
  mode: z.enum(['fanIn', 'fanOut']).optional(),
  nonlinearity: z.enum(['linear', 'sigmoid', 'tanh', 'relu', 'leakyRelu', 'selu']).optional(),
  a: z.number().optional(),
};
const initSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.enum(['xavierUniform', 'xavierNormal']), ...xavier }),
  z.object({ kind: z.enum(['kaimingUniform', 'kaimingNormal']), ...kaiming }),
  z.object({ kind: z.literal('uniform'), low: z.number(), high: z.number() }),
  z.object({ kind: z.literal('normal'), mean: z.number(), std: z.number() }),
  z.object({ kind: z.literal('constant'), value: z.number() }),
  z.object({ kind: z.literal('zeros') }),
]);

/** The initializer of a case. */
export function initOf(kind: string, hyper: Setting): InitSpec {
  if (kind !== 'uniform') return read(initSchema, { ...hyper, kind });
  const { a: low, b: high, ...rest } = hyper;
  return read(initSchema, { ...rest, kind, low, high });
}
