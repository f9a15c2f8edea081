import { z } from 'zod';
import {
  type ClipConfig,
  clipSchema,
  type OptimizerConfig,
  optimizerSchema,
  type Schedule,
  scheduleSchema,
} from '../../graph/recipe.ts';
import { Unsupported } from './draw.ts';

/** Settings of a case, by PyTorch's names. */
export type Setting = Readonly<Record<string, unknown>>;

/** Names that a recipe spells otherwise than PyTorch in camelCase. */
const RENAMED: Readonly<Record<string, string>> = { lr: 'learningRate', initialAccumulatorValue: 'initialAccumulator' };

function camel(name: string): string {
  const joined = name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
  return RENAMED[joined] ?? joined;
}

/** The setting as `schema` has it; every name counts, so that nothing a case asks for is passed over. */
function read<T extends object>(schema: z.ZodType<T>, setting: Setting, extra: Setting = {}): T {
  const kind = typeof setting.kind === 'string' ? { kind: camel(setting.kind) } : {};
  const named = Object.fromEntries(Object.entries(setting).map(([name, value]) => [camel(name), value]));
  const wanted = { ...named, ...kind, ...extra };
  const result = schema.safeParse(wanted);
  if (!result.success) throw new Unsupported(`${JSON.stringify(setting)}: ${z.prettifyError(result.error)}`);
  const unknown = Object.keys(wanted).filter((name) => !Object.hasOwn(result.data, name));
  if (unknown.length > 0) throw new Unsupported(`${String(setting.kind)} with ${unknown.join(', ')}`);
  return result.data;
}

export const optimizerOf = (setting: Setting): OptimizerConfig => read(optimizerSchema, setting);

export function clipOf(clip: unknown): ClipConfig | undefined {
  if (clip === null) return undefined;
  const { by, ...limit } = clip as Setting;
  return read(clipSchema, limit, { kind: by });
}

/** The schedule of a case, which counts steps, and the rate that it starts from. */
export function scheduleOf(setting: Setting): { schedule: Schedule; baseLr: number } {
  const { base_lr, steps: _, ...rest } = setting;
  const { kind } = rest;
  const unit = kind === 'constant' || kind === 'plateau' ? {} : { unit: 'step' };
  const cycle = kind === 'one_cycle' ? { cycleMomentum: true } : {};
  return { schedule: read(scheduleSchema, rest, { ...unit, ...cycle }), baseLr: base_lr as number };
}
