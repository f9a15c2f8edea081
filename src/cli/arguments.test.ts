import { describe, expect, it } from 'vitest';
import { parseArguments, splitCommand } from './arguments.ts';
import { commonOptions, intOption, positiveOption } from './command.ts';
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
])('%j is command %s with arguments %j', (args, name, rest) => {
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
    [['--epoch', '3'], /Unknown option “--epoch”\. Did you mean --epochs\?/],
    [['--epoch=3'], /Unknown option “--epoch”\. Did you mean --epochs\?/],
    [['--zzzzzz'], /Unknown option “--zzzzzz”\. One of: --data, --settings, --epochs/],
    [['--constructor'], /Unknown option “--constructor”/],
    [['-x'], /Unknown option “-x”/],
    [['--epochs'], /--epochs needs a value: --epochs N\./],
    [['--epochs', '--json'], /--epochs needs a value/],
    [['-o'], /--output needs a value/],
    [['--json=yes'], /--json has no value/],
  ])('%j is refused as wrong usage', (args, message) => {
    expect(() => parse(...args)).toThrow(message);
  });

  it.each([
    '0x10',
    '0b11',
    '1_000',
    '',
    ' ',
    'Infinity',
    '1.5',
    '3,5',
    '12abc',
    '-1',
    '٣',
  ])('a whole number cannot be %j', (epochs) => {
    expect(() => intOption({ epochs }, 'epochs', { least: 1, most: 100, example: 10 })).toThrow(/whole number from 1/);
  });

  it.each([
    '0x1p3',
    'Infinity',
    'NaN',
    '0',
    '-0.1',
    '1e999',
    '.',
    'e5',
  ])('a number greater than 0 cannot be %j', (lr) => {
    expect(() => positiveOption({ lr }, 'lr', 0.1)).toThrow(/a number greater than 0/);
  });

  it.each([
    ['10', 10],
    ['+5', 5],
    ['1e2', 100],
    ['007', 7],
  ])('a whole number can be %j', (epochs, count) => {
    expect(intOption({ epochs }, 'epochs', { least: 1, most: 100, example: 10 })).toBe(count);
  });

  it('words after -- are positional arguments', () => {
    expect(parse('--', '--epoch').positionals).toEqual(['--epoch']);
  });
});
