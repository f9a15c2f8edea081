import type { ParseArgsConfig } from 'node:util';
import { decimalOf } from '../decimal.ts';
import type { EngineFiles } from '../engine/files.ts';
import { nearest } from '../nearest.ts';
import { languageSchema, type Text, UserError } from '../text.ts';
import type { OpenNetwork } from './networkFile.ts';
import type { Output } from './output.ts';
import type { ReadyNetworks } from './readyNetwork.ts';

/** Wrong use of the command line. Ends with exit code 2; an error in a network or file ends with 1. */
export class UsageError extends UserError {}

export interface OptionSpec {
  readonly type: 'string' | 'boolean';
  readonly short?: string;
  /** The option may be given several times. */
  readonly multiple?: true;
  /** Placeholder of the value in the usage, for example `N`. */
  readonly value?: string;
  readonly help: Text;
}

/** Option values as the user wrote them; each command validates its own. */
export type Options = Readonly<Record<string, string | boolean | readonly string[] | undefined>>;

export interface Invocation {
  readonly positionals: readonly string[];
  readonly options: Options;
  readonly output: Output;
  readonly files: EngineFiles;
  readonly open: OpenNetwork;
  readonly templates: ReadyNetworks;
  /** All commands, in the order of the help. */
  readonly commands: readonly Command[];
  /** Path of the command line's script, for commands that start other processes. */
  readonly script: string;
}

/** Exit codes: 0 done, 1 error in the network or data, 2 wrong usage. */
export type ExitCode = 0 | 1 | 2;

export interface Command {
  readonly name: string;
  /** Positional arguments as shown in the usage: `FILE INPUT…`. */
  readonly args: string;
  readonly summary: Text;
  /** Working command lines, without the leading `netloom`. */
  readonly examples: readonly string[];
  readonly options: Readonly<Record<string, OptionSpec>>;
  /** Limits on the number of positional arguments. */
  readonly arity: readonly [least: number, most: number];
  /** True for a command that only other commands use; the help does not list it. */
  readonly hidden?: boolean;
  run(invocation: Invocation): Promise<ExitCode>;
}

/** Options of every command. */
export const commonOptions: Readonly<Record<string, OptionSpec>> = {
  json: {
    type: 'boolean',
    help: { en: 'print machine-readable results on stdout', zh: '在标准输出中输出机器可读的结果' },
  },
  lang: {
    type: 'string',
    value: languageSchema.options.join('|'),
    help: { en: 'set the language of messages', zh: '设置消息语言' },
  },
  help: { type: 'boolean', short: 'h', help: { en: 'show this help', zh: '显示本帮助' } },
};

export const parseConfig = (options: Readonly<Record<string, OptionSpec>>): ParseArgsConfig['options'] =>
  Object.fromEntries(
    Object.entries(options).map(([name, { type, short, multiple = false }]) => [
      name,
      short === undefined ? { type, multiple } : { type, multiple, short },
    ]),
  );

const wrong = (option: string, expected: Text, value: string, example: string): UsageError =>
  new UsageError({
    en: `--${option} must be ${expected.en}, not “${value}”. For example: --${option} ${example}`,
    zh: `--${option} 应为${expected.zh}，而不是“${value}”。例如：--${option} ${example}`,
  });

export interface IntRange {
  readonly least: number;
  /** Upper limit: a larger value is probably a typing error. */
  readonly most: number;
  readonly example: number;
}

/** The value of an option as a whole number in the range, or undefined without the option. Throws UsageError. */
export function intOption(options: Options, name: string, { least, most, example }: IntRange): number | undefined {
  const value = options[name];
  if (typeof value !== 'string') return undefined;
  const number = decimalOf(value);
  if (Number.isSafeInteger(number) && number >= least && number <= most) return number;
  const expected = { en: `a whole number from ${least} to ${most}`, zh: `${least} 到 ${most} 的整数` };
  throw wrong(name, expected, value, `${example}`);
}

/** The value of an option as a number greater than 0, or undefined without the option. Throws UsageError. */
export function positiveOption(options: Options, name: string, example: number): number | undefined {
  const value = options[name];
  if (typeof value !== 'string') return undefined;
  const number = decimalOf(value);
  if (Number.isFinite(number) && number > 0) return number;
  throw wrong(name, { en: 'a number greater than 0', zh: '大于 0 的数' }, value, `${example}`);
}

/** The value of an option as one of `choices`, or undefined without the option. Throws UsageError. */
export function choiceOption<V extends string>(options: Options, name: string, choices: readonly V[]): V | undefined {
  const value = options[name];
  if (typeof value !== 'string') return undefined;
  const chosen = choices.find((choice) => choice === value);
  if (chosen !== undefined) return chosen;
  const example = nearest(value, choices)[0] ?? choices[0] ?? '';
  throw wrong(name, { en: `one of ${choices.join(', ')}`, zh: `${choices.join('、')} 之一` }, value, example);
}

export const stringOption = (options: Options, name: string): string | undefined => {
  const value = options[name];
  if (typeof value !== 'string') return undefined;
  if (value.trim() !== '') return value;
  throw new UsageError({
    en: `--${name} has an empty value. Give a value, or leave the option out.`,
    zh: `--${name} 的值为空。请给出一个值，或去掉该选项。`,
  });
};

/** All values of a repeatable option. */
export const listOption = (options: Options, name: string): readonly string[] => {
  const value = options[name];
  return Array.isArray(value) ? value : [];
};
