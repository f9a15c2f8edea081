import { readFileSync } from 'node:fs';
import { Transformer } from '@napi-rs/image';
import { describe, expect, it } from 'vitest';
import { grayOf, imageInput } from '../data/imageInput.ts';
import { isImage, readImage } from './imageFile.ts';

const [WIDTH, HEIGHT] = [6, 4];
const rgba = new Uint8Array(4 * WIDTH * HEIGHT).fill(255);
// An image that is dark in its left third.
for (let y = 0; y < HEIGHT; y++) rgba.fill(0, 4 * y * WIDTH, 4 * (y * WIDTH + 2));
for (let i = 3; i < rgba.length; i += 4) rgba[i] = 255;
const image = () => Transformer.fromRgbaPixels(rgba, WIDTH, HEIGHT);

/** A JPEG with an EXIF orientation: a TIFF block of one entry (EXIF 2.3, tag 0x0112) behind the start marker. */
function withOrientation(jpeg: Uint8Array, orientation: number): Uint8Array {
  const tiff = [0x4d, 0x4d, 0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0];
  const body = [...Buffer.from('Exif\0\0', 'latin1'), ...tiff];
  const marker = [0xff, 0xe1, 0, body.length + 2, ...body];
  return Uint8Array.from([...jpeg.subarray(0, 2), ...marker, ...jpeg.subarray(2)]);
}

describe('readImage', () => {
  it.each<[string, () => Promise<Uint8Array>]>([
    ['PNG', () => image().png()],
    ['gray PNG', () => image().grayscale().png()],
    ['JPEG', () => image().jpeg(95)],
    ['WebP', () => image().webp(95)],
    ['lossless WebP', () => image().webpLossless()],
  ])('decodes %s', async (_, encode) => {
    const bytes = await encode();
    expect(isImage(bytes)).toBe(true);
    const { width, height, pixels } = grayOf(await readImage(bytes, 'x'));
    expect([width, height]).toEqual([WIDTH, HEIGHT]);
    expect([pixels[0], pixels[WIDTH * HEIGHT - 1]].map((value) => Math.round(value as number))).toEqual([0, 1]);
  });

  it.each([
    [1, WIDTH, HEIGHT, 0],
    [3, WIDTH, HEIGHT, 1],
    [6, HEIGHT, WIDTH, 0],
    [8, HEIGHT, WIDTH, 1],
  ])('turns a JPEG of EXIF orientation %i', async (orientation, across, down, first) => {
    const jpeg = withOrientation(await image().jpeg(95), orientation);
    const { width, height, pixels } = grayOf(await readImage(jpeg, 'x'));
    expect([width, height]).toEqual([across, down]);
    expect(Math.round(pixels[0] as number)).toBe(first);
  });

  it.each([
    [1, 3000, 1500],
    [6, 1500, 3000],
  ])('scales a large image of EXIF orientation %i down and keeps its proportions', async (orientation, wide, high) => {
    const large = new Uint8Array(4 * 3000 * 1500).fill(255);
    // Dark in the left third, which is the upper one when turned.
    for (let y = 0; y < 1500; y++) {
      for (let x = 0; x < 1000; x++) large.fill(0, 4 * (y * 3000 + x), 4 * (y * 3000 + x) + 3);
    }
    const jpeg = withOrientation(await Transformer.fromRgbaPixels(large, 3000, 1500).jpeg(95), orientation);
    const { width, height, pixels } = grayOf(await readImage(jpeg, 'x'));
    expect(width * height).toBeLessThan(1.01 * 2 ** 20);
    expect(width / height).toBeCloseTo(wide / high, 2);
    const dark = pixels.reduce((sum, value) => sum + Number(value < 0.5), 0);
    expect(dark / pixels.length).toBeCloseTo(1 / 3, 2);
    const [right, below] = [pixels[width - 1] as number, pixels[(height - 1) * width] as number];
    expect([right, below].map(Math.round)).toEqual(orientation === 1 ? [1, 0] : [0, 1]);
  });

  it('reads white ink on a transparent background', async () => {
    const bytes = readFileSync(new URL('../../testdata/images/white-ink-transparent.png', import.meta.url));
    const { input, blank, inverted } = imageInput(await readImage(bytes, 'x'), [1, 28, 28], {
      invert: 'auto',
      center: true,
    });
    expect([blank, inverted]).toEqual([false, false]);
    expect(Math.max(...input)).toBeGreaterThan(0.9);
    expect(input.reduce((sum, value) => sum + value, 0)).toBeLessThan(300);
  });

  it('reports a damaged or too large image', async () => {
    const png = await image().png();
    await expect(readImage(png.subarray(0, 50), 'cut.png')).rejects.toThrow(/“cut\.png” is a damaged image/);
    const wide = Uint8Array.from(png);
    new DataView(wide.buffer).setUint32(16, 1e6);
    new DataView(wide.buffer).setUint32(20, 1e6);
    await expect(readImage(wide, 'wide.png')).rejects.toThrow(/“wide\.png” (has 1000000×1000000 pixels|is a damaged)/);
  });
});

it.each(['', 'P5 2 2 255', '[1, 2]', 'RIFFxxxxWAVE', 'GIF89a'])('%j is not an image', (text) => {
  expect(isImage(Buffer.from(text))).toBe(false);
});
