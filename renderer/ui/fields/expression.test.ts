import { expect, test } from 'vitest';
import { evaluate } from './expression.ts';

test.each([
  ['28*28', 784],
  ['2^5', 32],
  ['2**5', 32],
  ['2^3^2', 512],
  ['-2^2', -4],
  ['2^-1', 0.5],
  ['28×28', 784],
  ['3·4', 12],
  ['784÷28', 28],
  ['(64 + 2)/3', 22],
  ['1 + 2*3', 7],
  ['10 - 4 - 3', 3],
  ['1e-3', 0.001],
  ['.5', 0.5],
  ['25%', 0.25],
  ['１２', 12],
  [' 7 ', 7],
  ['−3', -3],
])('%s = %d', (text, value) => expect(evaluate(text)).toBeCloseTo(value, 12));

test.each([
  '',
  ' ',
  'x',
  '2 +',
  '2 3',
  '(2',
  '2)',
  '1/0',
  '2x3',
  '1..2',
  '0x10',
  'Infinity',
  '--',
])('%j is no number', (text) => expect(evaluate(text)).toBeNaN());
