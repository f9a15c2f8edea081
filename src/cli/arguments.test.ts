import { describe, expect, it } from 'vitest';
import { parseArguments, splitCommand } from './arguments.ts';
import { commonOptions } from './command.ts';
import { recipeOptions } from './recipeOptions.ts';

it.each<[string[], string, string[]]>([
  [[], 'help', []],
  [['train', 'lenet'], 'train', ['lenet']],
  [['--lang', 'zh'], 'help', ['--lang', 'zh']],
  [['--lang', 'zh', 'train', 'lenet'], 'train', ['--lang', 'zh', 'lenet']],
  [['--lang=zh', 'train'], 'train', ['--lang=zh']],
  [['--json', 'templates'], 'templates', ['--json']],
  [['--help'], 'help', []],
  [['-h'], 'help', []],
  [['--version', '--json'], 'version', ['--json']],
  [['-v'], 'version', []],
  [['-V', '--json'], 'version', ['--json']],
  [['--fast', 'train'], '--fast', ['train']],
])('%j is %s with %j', (args, name, rest) => {
  expect(splitCommand(args)).toEqual([name, rest]);
});

const options = {
  ...recipeOptions,
  ...commonOptions,
  output: { type: 'string', short: 'o', help: { en: '', zh: '' } },
} as const;
const parse = (...args: string[]) => parseArguments(args, options, 'train');

describe('the arguments of a command', () => {
  it.each<[string[], object]>([
    [['--epochs', '-3'], { epochs: '-3' }],
    [['--lr', '-.5', '--batch=-1'], { lr: '-.5', batch: '-1' }],
    [['--set', 'a=1', '--set', 'b=2'], { set: ['a=1', 'b=2'] }],
    [['-o', 'x', '--json'], { output: 'x', json: true }],
  ])('%j', (args, values) => {
    expect(parse(...args).values).toEqual(values);
  });

  it.each<[string[], RegExp]>([
    [['--epoch', '3'], /Unknown option '--epoch'\. Did you mean --epochs\?/],
    [['--epoch=3'], /Unknown option '--epoch'\. Did you mean --epochs\?/],
    [['--zzzzzz'], /Unknown option '--zzzzzz'\. One of: --data, --epochs/],
    [['--constructor'], /Unknown option '--constructor'/],
    [['-x'], /Unknown option '-x'/],
    [['--epochs'], /--epochs needs a value: --epochs N\./],
    [['--epochs', '--json'], /--epochs needs a value/],
    [['-o'], /--output needs a value/],
    [['--json=yes'], /--json takes no value/],
  ])('%j is refused', (args, message) => {
    expect(() => parse(...args)).toThrow(message);
  });

  it('takes what follows -- as it is', () => {
    expect(parse('--', '--epoch').positionals).toEqual(['--epoch']);
  });
});
