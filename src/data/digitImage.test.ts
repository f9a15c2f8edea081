import { expect, test } from 'vitest';
import { digitImage, type GrayImage } from './digitImage.ts';

/** A sheet with rectangles of ink: [left, top, width, height]. */
function sheet(...strokes: (readonly [number, number, number, number])[]): GrayImage {
  const image = { width: 280, height: 280, pixels: new Float32Array(280 * 280) };
  for (const [left, top, width, height] of strokes) {
    for (let y = top; y < top + height; y++) image.pixels.fill(1, y * 280 + left, y * 280 + left + width);
  }
  return image;
}

/** Extent and center of mass of the ink in the 28×28 result. */
function measure(pixels: Float32Array) {
  const inked = [...pixels.keys()].filter((at) => (pixels[at] as number) > 0);
  const xs = inked.map((at) => at % 28);
  const ys = inked.map((at) => Math.floor(at / 28));
  const mass = pixels.reduce((a, b) => a + b, 0);
  const mean = (axis: (at: number) => number) =>
    pixels.reduce((sum, ink, at) => sum + ink * (axis(at) + 0.5), 0) / mass;
  return {
    width: Math.max(...xs) - Math.min(...xs) + 1,
    height: Math.max(...ys) - Math.min(...ys) + 1,
    x: mean((at) => at % 28),
    y: mean((at) => Math.floor(at / 28)),
  };
}

test('an empty sheet has no digit', () => expect(digitImage(sheet())).toBeNull());

test.each([
  ['a tall bar in a corner', [[5, 10, 20, 200]], { width: 2, height: 20 }],
  ['a wide bar', [[40, 250, 240, 24]], { width: 20, height: 2 }],
  ['a small block is enlarged', [[100, 100, 10, 10]], { width: 20, height: 20 }],
] as const)('%s fits 20×20 and is centered', (_name, strokes, size) => {
  const result = measure(digitImage(sheet(...strokes)) as Float32Array);
  expect(result).toMatchObject(size);
  expect(Math.abs(result.x - 14)).toBeLessThanOrEqual(0.5);
  expect(Math.abs(result.y - 14)).toBeLessThanOrEqual(0.5);
});

test('an asymmetric digit is centered by its mass, not by its box', () => {
  // A seven has most of its ink at the top.
  const result = measure(digitImage(sheet([60, 40, 160, 30], [180, 70, 40, 170])) as Float32Array);
  expect(Math.abs(result.x - 14)).toBeLessThanOrEqual(0.5);
  expect(Math.abs(result.y - 14)).toBeLessThanOrEqual(0.5);
});

test('area averaging preserves the amount of ink', () => {
  const pixels = digitImage(sheet([50, 50, 7, 180])) as Float32Array;
  // 7 × 180 px at 20/180: 0.78 px wide, drawn one pixel wide.
  expect(pixels.reduce((a, b) => a + b, 0)).toBeCloseTo(20, 3);
  expect(Math.max(...pixels)).toBeLessThanOrEqual(1);
});
