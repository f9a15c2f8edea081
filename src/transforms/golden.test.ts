import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import type { Interpolation } from '../data/resize.ts';
import { affine, rotate } from './affine.ts';
import { adjustBrightness, adjustContrast, adjustHue, adjustSaturation, grayscale } from './color.ts';
import { centerCrop } from './crops.ts';
import { erase } from './erasing.ts';
import { horizontalFlip, verticalFlip } from './flips.ts';
import { gaussianBlur } from './gaussian.ts';
import type { GridInterpolation } from './grid.ts';
import type { ByteImage, Image, ImageShape } from './image.ts';
import { transformOf } from './index.ts';
import { pad, type Sides } from './pad.ts';
import { perspective } from './perspective.ts';
import { resized } from './resizing.ts';
import { adjustSharpness, autocontrast, equalize, posterize, solarize } from './tone.ts';

interface GoldenPixels {
  readonly shape: ImageShape;
  /** Base64, [C, H, W]. */
  readonly pixels: string;
}
interface Case extends GoldenPixels {
  readonly image: number;
  readonly op: string;
  // biome-ignore lint/suspicious/noExplicitAny: arguments of many functions, as the file has them
  readonly args: readonly any[];
}

const file = new URL('../../testdata/transforms/cases.json', import.meta.url);
const { images, cases } = JSON.parse(readFileSync(file, 'utf8')) as {
  readonly images: readonly GoldenPixels[];
  readonly cases: readonly Case[];
};
const bytes = ({ pixels }: GoldenPixels): Uint8Array => new Uint8Array(Buffer.from(pixels, 'base64'));

const gray = (image: ByteImage, value: number | null): readonly number[] | null =>
  value === null ? null : Array.from({ length: image.shape[0] }, () => value);

const operations: Readonly<Record<string, (image: ByteImage, ...args: Case['args']) => Image>> = {
  resize: (image, height, width, mode: Interpolation) => resized(image, height, width, mode),
  resizeTensor: (image, height, width, mode: Interpolation) => resized(image, height, width, mode),
  centerCrop: (image, height, width) => centerCrop(image, height, width),
  horizontalFlip,
  verticalFlip,
  pad: (image, sides: Sides, mode, value) => pad(image, sides, mode, gray(image, value) as number[]),
  rotate: (image, angle, mode: GridInterpolation, value) => rotate(image, angle, mode, gray(image, value)),
  affine: (image, angle, translate, scale, shear, mode: GridInterpolation, value, center) =>
    affine(image, { angle, translate, scale, shear, center }, mode, gray(image, value)),
  perspective: (image, from, to, mode: GridInterpolation, value) =>
    perspective(image, from, to, mode, gray(image, value) as number[]),
  gaussianBlur: (image, across, down, sigmaX, sigmaY) => gaussianBlur(image, across, down, sigmaX, sigmaY),
  erase: (image, top, left, height, width, value) =>
    erase(image, top, left, height, width, gray(image, value) as number[]),
  brightness: (image, factor) => adjustBrightness(image, factor),
  contrast: (image, factor) => adjustContrast(image, factor),
  saturation: (image, factor) => adjustSaturation(image, factor),
  sharpness: (image, factor) => adjustSharpness(image, factor),
  hue: (image, factor) => adjustHue(image, factor),
  grayscale: (image, channels) => grayscale(image, channels),
  posterize: (image, bits) => posterize(image, bits),
  solarize: (image, threshold) => solarize(image, threshold),
  autocontrast,
  equalize,
  normalize: (image, mean, std) => transformOf('Normalize')?.apply(image, {}, { mean, std }) as Image,
};

/** Largest difference to torchvision: exact copies are exact, the antialiased tensor resize has other rounding. */
const exact = new Set([
  'resize',
  'centerCrop',
  'horizontalFlip',
  'verticalFlip',
  'pad',
  'erase',
  'posterize',
  'solarize',
]);
const toleranceOf = (op: string): number => {
  if (op === 'normalize') return 1e-6;
  if (op === 'resizeTensor') return 2;
  return exact.has(op) ? 0 : 1;
};

it.each(
  cases.map((each) => [each.op, JSON.stringify(each.args), images[each.image]?.shape.join('×'), each] as const),
)('%s %s of %s is that of torchvision', (_, __, ___, each) => {
  const source = images[each.image] as GoldenPixels;
  const given = bytes(source);
  const out = operations[each.op]?.({ shape: source.shape, pixels: given }, ...each.args) as Image;
  const wanted = each.op === 'normalize' ? new Float32Array(bytes(each).buffer) : bytes(each);
  expect(out.shape).toEqual(each.shape);
  expect(out.pixels.length).toBe(wanted.length);
  const worst = Math.max(...Array.from(wanted, (value, i) => Math.abs(value - (out.pixels[i] as number))));
  expect(worst).toBeLessThanOrEqual(toleranceOf(each.op));
  expect(given).toEqual(bytes(source));
});
