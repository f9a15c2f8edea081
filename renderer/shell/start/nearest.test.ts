import { expect, test } from 'vitest';
import { nearest } from './nearest.ts';

const box = (x: number, y: number, width: number, height: number) => ({ x, y, width, height });
/** Two wide rows at the left; two by two cards at the right, and one more below them. */
const boxes = [
  box(0, 0, 200, 30),
  box(0, 40, 200, 30),
  box(240, 0, 100, 80),
  box(360, 0, 100, 80),
  box(240, 100, 100, 80),
  box(360, 100, 100, 80),
  box(240, 200, 100, 80),
];

test.each([
  [0, 'ArrowDown', 1],
  [1, 'ArrowUp', 0],
  [0, 'ArrowUp', null],
  [0, 'ArrowRight', 2],
  [2, 'ArrowRight', 3],
  [3, 'ArrowRight', null],
  [3, 'ArrowDown', 5],
  [5, 'ArrowDown', 6],
  [6, 'ArrowUp', 4],
  [4, 'ArrowLeft', 1],
  [9, 'ArrowLeft', null],
  [0, 'Enter', null],
])('from %i, %s goes to %s', (from, key, to) => {
  expect(nearest(boxes, from, key)).toBe(to);
});
