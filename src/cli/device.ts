import { availableParallelism } from 'node:os';
import { needProvider } from '../engine/providers.ts';
import type { Device } from '../engine/session.ts';
import { PROVIDERS } from '../provider.ts';
import { choiceOption, type IntRange, intOption, type OptionSpec, type Options } from './command.ts';

export const deviceOptions: Readonly<Record<string, OptionSpec>> = {
  provider: {
    type: 'string',
    value: PROVIDERS.join('|'),
    help: { en: 'where to compute (default: cpu)', zh: '计算设备（默认 cpu）' },
  },
  threads: {
    type: 'string',
    value: 'N',
    help: { en: 'threads within one operation (default: one per core)', zh: '单个运算的线程数（默认每核一个）' },
  },
};

/** More than a few threads a core only take turns. */
export const THREADS: IntRange = {
  least: 1,
  most: Math.max(64, 8 * availableParallelism()),
  example: availableParallelism(),
};

/** The device that the options name, once it was seen to work. */
export async function deviceOf(options: Options): Promise<Device> {
  const provider = choiceOption(options, 'provider', PROVIDERS) ?? 'cpu';
  const threads = intOption(options, 'threads', THREADS);
  await needProvider(provider);
  return threads === undefined ? { provider } : { provider, threads };
}
