import { expect, it } from 'vitest';
import { fromHalf, toHalf } from './float16.ts';

it('reads and writes every binary16', () => {
  for (let bits = 0; bits < 0x10000; bits++) {
    const value = fromHalf(bits);
    if (!Number.isNaN(value)) expect(toHalf(value)).toBe(bits);
  }
});

it.each<[value: number, nearest: number]>([
  [1 + 2 ** -11, 1],
  [1 + 3 * 2 ** -11, 1 + 2 ** -9],
  [1 + 2 ** -11 + 2 ** -20, 1 + 2 ** -10],
  [65519, 65504],
  [65520, Number.POSITIVE_INFINITY],
  [-1e9, Number.NEGATIVE_INFINITY],
  [2 ** -25, 0],
  [2 ** -25 + 2 ** -40, 2 ** -24],
  [2047.9999, 2048],
  [-0.1, -0.0999755859375],
])('rounds %d to %d', (value, nearest) => {
  expect(fromHalf(toHalf(value))).toBe(nearest);
});
