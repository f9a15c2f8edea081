import { expect, test } from 'vitest';
import { limitsOf, sizeIn } from './areaSizes.ts';

test.each([
  ['bottom', 1440, 900, true, { min: 120, max: 707 }],
  ['bottom', 1024, 640, true, { min: 120, max: 447 }],
  // 200 % of 720 pixels.
  ['bottom', 640, 360, true, { min: 120, max: 167 }],
  ['bottom', 640, 180, true, { min: 0, max: 0 }],
  ['left', 1920, 1080, true, { min: 168, max: 384 }],
  ['left', 1280, 720, false, { min: 168, max: 384 }],
  ['left', 640, 360, true, { min: 128, max: 128 }],
  ['right', 1024, 640, true, { min: 248, max: 307 }],
  ['right', 1280, 720, false, { min: 248, max: 538 }],
] as const)('the %s of a window of %i × %i has its limits', (area, width, height, canvas, limits) => {
  expect(limitsOf(area, { width, height }, canvas)).toEqual(limits);
  expect(sizeIn(area, 1e4, { width, height }, canvas)).toBe(limits.max);
  expect(sizeIn(area, 0, { width, height }, canvas)).toBe(limits.min);
});

test('at 1280 pixels the canvas keeps half the width', () => {
  const room = { width: 1280, height: 720 };
  expect(1280 - sizeIn('left', 1e4, room, true) - sizeIn('right', 1e4, room, true)).toBeGreaterThanOrEqual(640);
});
