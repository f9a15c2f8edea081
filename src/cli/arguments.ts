import { parseArgs } from 'node:util';
import { suggestion } from '../nearest.ts';
import { commonOptions, type OptionSpec, type Options, parseConfig, UsageError } from './command.ts';

type Specs = Readonly<Record<string, OptionSpec>>;

const ALIASES: Readonly<Record<string, string>> = {
  '--help': 'help',
  '-h': 'help',
  '--version': 'version',
  '-v': 'version',
  '-V': 'version',
};

/**
 * Splits a command line into the name of the command and its arguments. The options that all commands have may precede
 * the name. Without a name, the command is `help`.
 */
export function splitCommand(args: readonly string[]): readonly [name: string, args: readonly string[]] {
  for (let at = 0; at < args.length; at++) {
    const word = args[at] as string;
    const alias = Object.hasOwn(ALIASES, word) ? ALIASES[word] : undefined;
    const option = Object.hasOwn(commonOptions, word.slice(2)) ? commonOptions[word.slice(2)] : undefined;
    if (alias === undefined && option !== undefined) at += Number(option.type === 'string');
    else if (alias !== undefined || !/^--(json|lang)=/.test(word)) return [alias ?? word, args.toSpliced(at, 1)];
  }
  return ['help', args];
}

/** Parses the options and positional arguments of a command. Throws UsageError. */
export function parseArguments(args: readonly string[], options: Specs, command: string) {
  const given = withSigns(args, options);
  for (const word of given)
    if (word === '--') break;
    else refuseUnknown(word, options, command);
  try {
    const config = parseConfig(options) ?? {};
    const { values, positionals } = parseArgs({ args: given, options: config, allowPositionals: true, strict: true });
    return { values: values as Options, positionals };
  } catch (error) {
    throw misused(error as Error, given, options, command);
  }
}

/** Rewrites `--lr -1` as `--lr=-1`: the parser would read `-1` as another option. */
function withSigns(args: readonly string[], options: Specs): string[] {
  const joined: string[] = [];
  for (const word of args) {
    const before = joined.at(-1) ?? '';
    const takesValue = before.startsWith('--') && options[before.slice(2)]?.type === 'string';
    if (takesValue && /^-[\d.]/.test(word)) joined[joined.length - 1] = `${before}=${word}`;
    else joined.push(word);
  }
  return joined;
}

function refuseUnknown(word: string, options: Specs, command: string): void {
  const name = /^--([^=]+)/.exec(word)?.[1];
  if (name === undefined || Object.hasOwn(options, name)) return;
  const { en, zh } = suggestion(
    `--${name}`,
    Object.keys(options).map((known) => `--${known}`),
  );
  throw new UsageError({
    en: `Unknown option “--${name}”. ${en} See: netloom help ${command}`,
    zh: `未知选项“--${name}”。${zh}参见：netloom help ${command}`,
  });
}

/** Translates an error of the parser: an unknown option, a missing value, or a value where none belongs. */
function misused(error: Error, args: readonly string[], options: Specs, command: string): UsageError {
  const name = /'(?:-\w, )?--([\w-]+)/.exec(error.message)?.[1];
  const spec = name === undefined ? undefined : options[name];
  const see = { en: `See: netloom help ${command}`, zh: `参见：netloom help ${command}` };
  if (name === undefined || spec === undefined) {
    const word = args.find((each) => /^-\w/.test(each)) ?? '';
    return new UsageError({ en: `Unknown option “${word}”. ${see.en}`, zh: `未知选项“${word}”。${see.zh}` });
  }
  if (spec.type === 'boolean') {
    return new UsageError({
      en: `--${name} has no value: write --${name} alone. ${see.en}`,
      zh: `--${name} 不带值：只写 --${name}。${see.zh}`,
    });
  }
  return new UsageError({
    en: `--${name} needs a value: --${name} ${spec.value ?? 'VALUE'}. ${see.en}`,
    zh: `--${name} 需要一个值：--${name} ${spec.value ?? 'VALUE'}。${see.zh}`,
  });
}
