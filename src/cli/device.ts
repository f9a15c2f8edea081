import { availableParallelism } from 'node:os';
import { needProvider } from '../engine/providers.ts';
import type { Device } from '../engine/session.ts';
import { PROVIDERS } from '../provider.ts';
import { choiceOption, type IntRange, intOption, type OptionSpec, type Options } from './command.ts';

export const deviceOptions: Readonly<Record<string, OptionSpec>> = {
  provider: {
    type: 'string',
    value: PROVIDERS.join('|'),
    help: {
      en: 'execution provider that runs the operations (default: cpu)',
      zh: '运行运算的执行提供程序（默认 cpu）',
    },
  },
  threads: {
    type: 'string',
    value: 'N',
    help: { en: 'number of threads per operation (default: one per core)', zh: '每个运算的线程数（默认每个核心一个）' },
  },
};

/** More than a few threads per core only compete for it. */
export const THREADS: IntRange = {
  least: 1,
  most: Math.max(64, 8 * availableParallelism()),
  example: availableParallelism(),
};

/** The device that the options name. Throws UserError if the device does not work on this computer. */
export async function deviceOf(options: Options): Promise<Device> {
  const provider = choiceOption(options, 'provider', PROVIDERS) ?? 'cpu';
  const threads = intOption(options, 'threads', THREADS);
  await needProvider(provider);
  return threads === undefined ? { provider } : { provider, threads };
}
