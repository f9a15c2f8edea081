import type { ParseArgsConfig } from 'node:util';
import { decimalOf } from '../decimal.ts';
import type { EngineFiles } from '../engine/files.ts';
import { nearest } from '../nearest.ts';
import { languageSchema, type Text, UserError } from '../text.ts';
import type { OpenNetwork } from './networkFile.ts';
import type { Output } from './output.ts';
import type { ReadyNetworks } from './readyNetwork.ts';

/** Wrong use of the command line, as opposed to a wrong network or file: exit code 2. */
export class UsageError extends UserError {}

export interface OptionSpec {
  readonly type: 'string' | 'boolean';
  readonly short?: string;
  /** It may be given several times. */
  readonly multiple?: true;
  /** How the value is called in the usage, for example `N`. */
  readonly value?: string;
  readonly help: Text;
}

/** Values as given: validated by the command. */
export type Options = Readonly<Record<string, string | boolean | readonly string[] | undefined>>;

export interface Invocation {
  readonly positionals: readonly string[];
  readonly options: Options;
  readonly output: Output;
  readonly files: EngineFiles;
  readonly open: OpenNetwork;
  readonly templates: ReadyNetworks;
  /** All of the command line, in the order of the help. */
  readonly commands: readonly Command[];
  /** The script of the command line itself, for commands that run parts of theirs in other processes. */
  readonly script: string;
}

/** Exit codes: done; the user's network or data is wrong; wrong usage. */
export type ExitCode = 0 | 1 | 2;

export interface Command {
  readonly name: string;
  /** What follows the name, without options: `FILE INPUT…`. */
  readonly args: string;
  readonly summary: Text;
  /** Command lines that work as they stand, without `netloom`. */
  readonly examples: readonly string[];
  readonly options: Readonly<Record<string, OptionSpec>>;
  /** How many positional arguments it takes. */
  readonly arity: readonly [least: number, most: number];
  /** Not listed: used by other commands. */
  readonly hidden?: boolean;
  run(invocation: Invocation): Promise<ExitCode>;
}

/** Options that every command has. */
export const commonOptions: Readonly<Record<string, OptionSpec>> = {
  json: { type: 'boolean', help: { en: 'machine-readable output on stdout', zh: '在标准输出给出机器可读的结果' } },
  lang: {
    type: 'string',
    value: languageSchema.options.join('|'),
    help: { en: 'language of messages', zh: '消息语言' },
  },
  help: { type: 'boolean', short: 'h', help: { en: 'this text', zh: '显示本帮助' } },
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
    en: `--${option} takes ${expected.en}, not '${value}'. For example: --${option} ${example}`,
    zh: `--${option} 应为${expected.zh}，而不是“${value}”。例如：--${option} ${example}`,
  });

export interface IntRange {
  readonly least: number;
  /** Above it a typing error is likelier than a wish that can be met. */
  readonly most: number;
  readonly example: number;
}

/** A whole number in the range, or undefined when the option is not given. */
export function intOption(options: Options, name: string, { least, most, example }: IntRange): number | undefined {
  const value = options[name];
  if (typeof value !== 'string') return undefined;
  const number = decimalOf(value);
  if (Number.isSafeInteger(number) && number >= least && number <= most) return number;
  const expected = { en: `a whole number from ${least} to ${most}`, zh: `${least} 到 ${most} 的整数` };
  throw wrong(name, expected, value, `${example}`);
}

/** A number greater than 0, or undefined when the option is not given. */
export function positiveOption(options: Options, name: string, example: number): number | undefined {
  const value = options[name];
  if (typeof value !== 'string') return undefined;
  const number = decimalOf(value);
  if (Number.isFinite(number) && number > 0) return number;
  throw wrong(name, { en: 'a number greater than 0', zh: '大于 0 的数' }, value, `${example}`);
}

/** One of `choices`, or undefined when the option is not given. */
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
    en: `--${name} is given without a value. Name one, or leave the option out.`,
    zh: `--${name} 没有值。请给出一个值，或去掉该选项。`,
  });
};

/** All values of an option that may be given several times. */
export const listOption = (options: Options, name: string): readonly string[] => {
  const value = options[name];
  return Array.isArray(value) ? value : [];
};
