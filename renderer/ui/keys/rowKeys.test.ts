import { expect, test } from 'vitest';
import { rowAfter } from './rowKeys.ts';

test.each<[key: string, at: number, count: number, to: number | null]>([
  ['ArrowDown', 3, 30, 4],
  ['ArrowDown', 29, 30, 29],
  ['ArrowDown', -1, 30, 0],
  ['ArrowUp', 3, 30, 2],
  ['ArrowUp', 0, 30, 0],
  ['ArrowUp', -1, 30, 0],
  ['PageDown', 3, 30, 13],
  ['PageDown', 25, 30, 29],
  ['PageUp', 13, 30, 3],
  ['PageUp', 3, 30, 0],
  ['Home', 13, 30, 0],
  ['End', 13, 30, 29],
  ['End', -1, 0, null],
  ['Enter', 3, 30, null],
  ['constructor', 3, 30, null],
])('%s in row %i of %i leads to %s', (key, at, count, to) => {
  expect(rowAfter(key, at, count)).toBe(to);
});
