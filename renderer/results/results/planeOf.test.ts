import { describe, expect, it, test } from 'vitest';
import { boundsOf, classColor, gridOf, numberColor, type Palette, regionPixels } from './planeOf.ts';

const palette: Palette = {
  classes: [
    [0, 0, 255],
    [255, 0, 0],
  ],
  paper: [255, 255, 255],
  ends: [-1, 3],
};

test('bounds are a square around the points', () => {
  const { left, right, bottom, top } = boundsOf([0, 0, 4, 2]);
  expect(right - left).toBeCloseTo(top - bottom, 10);
  expect([(left + right) / 2, (bottom + top) / 2]).toEqual([2, 1]);
  expect(right).toBeGreaterThan(4);
  expect(boundsOf([])).toEqual({ left: -1, right: 1, bottom: -1, top: 1 });
});

test('a grid is in row order from the top', () => {
  const points = gridOf({ left: 0, right: 4, bottom: 0, top: 2 }, 2);
  expect([...points]).toEqual([1, 1.5, 3, 1.5, 1, 0.5, 3, 0.5]);
});

describe('colors', () => {
  const at = (pixels: ArrayLike<number>, i: number) => Array.from(pixels).slice(4 * i, 4 * i + 4);

  it('of classes are stronger for higher probabilities', () => {
    const values = Float32Array.of(0.5, 0.5, 1, 0, 0.25, 0.75);
    const pixels = regionPixels({ answers: 'class', values }, 3, palette);
    expect(at(pixels, 0)).toEqual([255, 255, 255, 255]);
    expect(at(pixels, 1)).toEqual([102, 102, 255, 255]);
    const [red = 0, green = 0, blue = 0] = at(pixels, 2);
    expect([red, green]).toEqual([255, blue]);
    expect(green).toBeGreaterThan(102);
  });

  it('of a binary output', () => {
    const pixels = regionPixels({ answers: 'binary', values: Float32Array.of(0, 0.5, 1) }, 3, palette);
    expect([at(pixels, 0), at(pixels, 1), at(pixels, 2)]).toEqual([
      [102, 102, 255, 255],
      [255, 255, 255, 255],
      [255, 102, 102, 255],
    ]);
  });

  it('of regression values go from one end to the other', () => {
    expect([-5, -1, 1, 3].map((value) => numberColor(palette, value))).toEqual([
      [0, 0, 255],
      [0, 0, 255],
      [255, 255, 255],
      [255, 0, 0],
    ]);
    expect(classColor(palette, 3)).toEqual([255, 0, 0]);
  });
});
