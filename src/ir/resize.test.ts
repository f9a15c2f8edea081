import { expect, it } from 'vitest';
import { nearestCells, resizeTaps, scaleFor } from './resize.ts';

it('nearestCells are those of torch.nn.Upsample', () => {
  expect(nearestCells(4, 7, undefined)).toEqual([0, 0, 1, 1, 2, 2, 3]);
  expect(nearestCells(5, 8, undefined)).toEqual([0, 0, 1, 1, 2, 3, 3, 4]);
  expect(nearestCells(5, 2, undefined)).toEqual([0, 2]);
  expect(nearestCells(3, 3, 1.3)).toEqual([0, 1, 2]);
  expect(nearestCells(3, 6, 2.3)).toEqual([0, 0, 1, 1, 2, 2]);
  // With a factor of 1.7, steps are 1/1.7 wide, not 5/8.
  expect(nearestCells(5, 8, 1.7)).toEqual([0, 0, 1, 1, 2, 2, 3, 4]);
});

it('scaleFor returns a float32 scale with which Resize reaches the wanted size', () => {
  for (let from = 1; from <= 70; from++) {
    for (let to = 1; to <= 140; to++) {
      const scale = scaleFor(from, to, to / from);
      expect(Math.fround(scale)).toBe(scale);
      expect(Math.floor(Math.fround(scale * from))).toBe(to);
      expect(Math.floor(scale * from)).toBe(to);
      expect(Math.abs(scale * from - to)).toBeLessThan(1e-4);
    }
  }
});

it('scaleFor rounds down where float32 would round up to the next size', () => {
  // 0.29 · 100 is below 29, but equals 29 in float32.
  const scale = scaleFor(100, 28, 0.29);
  expect(Math.floor(Math.fround(Math.fround(0.29) * 100))).toBe(29);
  expect(Math.floor(Math.fround(scale * 100))).toBe(28);
});

it('resizeTaps of the linear mode add up to 1 and stay inside', () => {
  for (const coordinate_transformation_mode of ['half_pixel', 'align_corners']) {
    for (const [from, to] of [
      [1, 3],
      [4, 7],
      [7, 4],
      [5, 1],
    ]) {
      for (const taps of resizeTaps({ mode: 'linear', coordinate_transformation_mode }, from, to, to / from)) {
        expect(taps.reduce((sum, [, share]) => sum + share, 0)).toBeCloseTo(1);
        expect(taps.every(([cell, share]) => cell >= 0 && cell < from && share >= 0)).toBe(true);
      }
    }
  }
});
