import { describe, expect, it, test } from 'vitest';
import { digitImage } from './digitImage.ts';
import { colorImage, drawnInput, grayOf, imageInput, isDarkOnLight, middleOf } from './imageInput.ts';

/** An image of one gray level with a rectangle of another. */
function sheet(width: number, height: number, paper: number, ink: number, box: readonly number[]) {
  const [left = 0, top = 0, right = 0, bottom = 0] = box;
  const rgba = new Uint8Array(4 * width * height).fill(255);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const value = x >= left && x < right && y >= top && y < bottom ? ink : paper;
      rgba.fill(value, 4 * (y * width + x), 4 * (y * width + x) + 3);
    }
  }
  return colorImage(width, height, rgba);
}

const plain = { invert: 'auto', center: false } as const;

test.each<[string, number[], number[]]>([
  ['black ink on white', [0, 0, 0, 255, 9, 9, 9, 0], [0, 1]],
  ['white ink on black', [255, 255, 255, 255, 9, 9, 9, 0], [1, 0]],
  ['half transparent white ink on black', [255, 255, 255, 127.5, 255, 255, 255, 0], [0.5, 0]],
  ['nothing at all on white', [255, 255, 255, 0, 0, 0, 0, 0], [1, 1]],
  ['an opaque image as it is', [255, 255, 255, 255, 0, 0, 0, 255], [1, 0]],
])('transparent parts: %s', (_, rgba, gray) => {
  expect([...grayOf(colorImage(2, 1, rgba)).pixels].map((value) => Number(value.toFixed(4)))).toEqual(gray);
});

test.each([
  ['a white sheet', sheet(30, 30, 255, 255, []), true],
  ['a black sheet', sheet(30, 30, 0, 0, []), true],
  ['a sheet with the noise of compression', sheet(30, 30, 250, 255, [3, 3, 20, 20]), true],
  ['a single stroke', sheet(30, 30, 255, 0, [3, 3, 4, 20]), false],
  ['faint pencil', sheet(30, 30, 255, 230, [3, 3, 20, 20]), false],
  ['nothing but transparency', colorImage(2, 2, new Uint8Array(16)), true],
])('blank or not: %s', (_, image, blank) => {
  for (const shape of [
    [1, 28, 28],
    [3, 8, 8],
  ]) {
    expect(imageInput(image, shape, { invert: 'auto', center: true }).blank).toBe(blank);
  }
});

test('dark ink on a transparent background becomes dark on white', () => {
  const { pixels } = colorImage(2, 1, [255, 0, 0, 255, 0, 0, 0, 0]);
  expect([...pixels]).toEqual([1, 1, 0, 1, 0, 1]);
  expect([...grayOf(colorImage(1, 1, [255, 0, 0, 255])).pixels]).toEqual([expect.closeTo(0.299, 6)]);
});

test('the largest centered part with the given proportions', () => {
  expect(middleOf(100, 50, 1, 1)).toEqual({ left: 25, top: 0, right: 75, bottom: 50 });
  expect(middleOf(30, 40, 28, 28)).toEqual({ left: 0, top: 5, right: 30, bottom: 35 });
  expect(middleOf(10, 10, 20, 20)).toEqual({ left: 0, top: 0, right: 10, bottom: 10 });
});

describe('light paper', () => {
  it.each([
    ['black on white', 255, 0, true],
    ['white on black', 0, 255, false],
    ['pencil on gray paper', 180, 90, true],
  ])('%s', (_, paper, ink, expected) => {
    const image = sheet(40, 30, paper, ink, [5, 5, 35, 25]);
    expect(isDarkOnLight(grayOf(image))).toBe(expected);
    expect(imageInput(image, [1, 4, 4], plain).inverted).toBe(expected);
  });

  it('is inverted only if requested', () => {
    const image = sheet(8, 8, 255, 0, [0, 0, 4, 8]);
    const left = (invert: 'yes' | 'no') => imageInput(image, [1, 1, 2], { invert, center: false }).input;
    expect([...left('no')]).toEqual([0, 1]);
    expect([...left('yes')]).toEqual([1, 0]);
  });
});

describe('size', () => {
  it('is reduced by area averaging', () => {
    const image = sheet(6, 6, 0, 255, [0, 0, 3, 4]);
    const { input } = imageInput(image, [1, 2, 2], { ...plain, invert: 'no' });
    expect([...input].map((x) => Number(x.toFixed(4)))).toEqual([1, 0, 0.3333, 0]);
  });

  it('an image of the right size is unchanged, and a smaller one is enlarged by repeating pixels', () => {
    const image = sheet(2, 2, 0, 255, [0, 0, 1, 1]);
    expect([...imageInput(image, [1, 2, 2], { ...plain, invert: 'no' }).input]).toEqual([1, 0, 0, 0]);
    const twice = [1, 1, 0, 0, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
    expect([...imageInput(image, [1, 4, 4], { ...plain, invert: 'no' }).input]).toEqual(twice);
  });

  it('keeps the color channels separate', () => {
    const image = colorImage(1, 1, [255, 51, 0, 255]);
    const { input, inverted } = imageInput(image, [3, 1, 1], { invert: 'yes', center: true });
    expect([[...input].map((x) => Number(x.toFixed(3))), inverted]).toEqual([[1, 0.2, 0], false]);
  });
});

describe('a digit', () => {
  it('in a photo is cropped and centered like a drawn one', () => {
    const photograph = sheet(300, 200, 200, 60, [220, 20, 240, 80]);
    const { input, inverted } = imageInput(photograph, [1, 28, 28], { invert: 'auto', center: true });
    const drawn = digitImage(grayOf(sheet(100, 100, 0, 255, [40, 20, 60, 80])));
    expect(inverted).toBe(true);
    expect([...input].map((x) => Number(x.toFixed(3)))).toEqual([...(drawn ?? [])].map((x) => Number(x.toFixed(3))));
  });

  it('of MNIST is unchanged', () => {
    const image = sheet(28, 28, 0, 255, [2, 2, 6, 12]);
    const { input } = imageInput(image, [1, 28, 28], { invert: 'auto', center: true });
    expect([...input]).toEqual([...grayOf(image).pixels].map((x) => expect.closeTo(x, 5)));
  });

  it('is null for an empty sheet', () => {
    const empty = { width: 8, height: 8, pixels: new Float32Array(64) };
    expect(drawnInput(empty, [1, 28, 28])).toBeNull();
    expect(drawnInput(empty, [1, 4, 4])).toBeNull();
    const half = { ...empty, pixels: empty.pixels.map((_, i) => Number(i < 32)) };
    expect([...(drawnInput(half, [1, 2, 2]) ?? [])]).toEqual([1, 1, 0, 0]);
  });
});
