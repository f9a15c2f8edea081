import { expect, test } from 'vitest';
import { limitsOf, sizeIn } from './panelSizes.ts';

test.each([
  ['dock', 1440, 900, { min: 180, max: 707 }],
  ['dock', 1280, 720, { min: 180, max: 527 }],
  ['dock', 1024, 640, { min: 180, max: 447 }],
  // 200 % of 720 pixels.
  ['dock', 640, 360, { min: 167, max: 167 }],
  ['palette', 1920, 1080, { min: 168, max: 320 }],
  ['palette', 1024, 640, { min: 168, max: 205 }],
  ['palette', 640, 360, { min: 128, max: 128 }],
  ['inspector', 1024, 640, { min: 248, max: 307 }],
] as const)('the %s of a window of %i × %i has its limits', (panel, width, height, limits) => {
  expect(limitsOf(panel, { width, height })).toEqual(limits);
  expect(sizeIn(panel, 1e4, { width, height })).toBe(limits.max);
  expect(sizeIn(panel, 0, { width, height })).toBe(limits.min);
});
