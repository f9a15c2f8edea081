import { expect, test } from 'vitest';
import { cascade, isVisible } from './placeWindow.ts';

const area = { x: 0, y: 25, width: 1920, height: 1055 };
const box = (x: number, y: number, width = 1440, height = 900) => ({ x, y, width, height });

test.each([
  ['a step from the last', box(10, 30), box(38, 58)],
  ['at the left again', box(470, 30), box(0, 58)],
  ['at the top again', box(10, 170), box(38, 25)],
  ['as large as the screen', box(0, 25, 1920, 1055), box(0, 25, 1920, 1055)],
])('a new window opens %s', (_, last, next) => {
  expect(cascade(last, area)).toEqual(next);
});

test.each([
  [box(0, 25), true],
  [box(-1400, 25), false],
  [box(1850, 25), false],
  [box(100, 1060), false],
  [box(100, -500), false],
  [box(2000, 100), false],
])('%j can be dragged: %s', (window, visible) => {
  expect(isVisible(window, [area])).toBe(visible);
  expect(isVisible(window, [])).toBe(false);
});
