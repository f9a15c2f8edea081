import { expect, it } from 'vitest';
import { countOf, visible } from './output.ts';

it.each([
  ['conv1 卷积 é 👩‍🔬', 'conv1 卷积 é 👩‍🔬'],
  ['\x1b[31mred\x1b[0m', '\\u001b[31mred\\u001b[0m'],
  ['\x1b]0;title\x07', '\\u001b]0;title\\u0007'],
  ['two\nlines\r', 'two\\u000alines\\u000d'],
  ['\x9b2J', '\\u009b2J'],
  ['a\0b\x7f', 'a\\u0000b\\u007f'],
  ['\u202egnp.exe', '\\u202egnp.exe'],
])('%j is shown as %s', (line, shown) => {
  expect(visible(line)).toBe(shown);
});

it('escaping does not change the value of JSON', () => {
  const value = { name: '\x9b\u202e\x7f' };
  expect(JSON.parse(visible(JSON.stringify(value)))).toEqual(value);
});

it.each([
  [0, '0 steps'],
  [1, '1 step'],
  [12_000, '12,000 steps'],
])('%i: %s', (count, text) => {
  expect(countOf(count, 'step')).toBe(text);
});
