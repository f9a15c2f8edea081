import type { ImageConfig } from '../graph/document.ts';
import { averaged, type Box, digitImage, type GrayImage } from './digitImage.ts';
import { fittedImage } from './fittedImage.ts';

/** A color image: red, green and blue as [3, H, W] in [0, 1]. */
export interface ColorImage {
  readonly width: number;
  readonly height: number;
  readonly pixels: Float32Array;
}

export interface ImageOptions {
  /** Inversion of the image for a network with one input channel; `auto`: inverted if the paper is light. */
  readonly invert: 'auto' | 'yes' | 'no';
  /** True to crop a digit and center it as in MNIST. Only for input 1×28×28 and larger images. */
  readonly center: boolean;
  /** How the images that the network was trained on were given their size, so that this one is too; null or absent: none were. */
  readonly fit?: ImageConfig['fit'] | null;
}

export interface ImageInput {
  /** Values of shape [C, H, W] in [0, 1]. */
  readonly input: Float32Array<ArrayBuffer>;
  readonly inverted: boolean;
  /** True if the image has only one color, so that a prediction would have no meaning. */
  readonly blank: boolean;
}

/** Makes an image of RGBA bytes. Transparent parts become white, or black if the ink is light. */
export function colorImage(width: number, height: number, rgba: ArrayLike<number>): ColorImage {
  const plane = width * height;
  const paper = isLightInk(rgba) ? 0 : 1;
  const pixels = new Float32Array(3 * plane);
  for (let i = 0; i < plane; i++) {
    const alpha = (rgba[4 * i + 3] as number) / 255;
    for (let k = 0; k < 3; k++) {
      pixels[k * plane + i] = ((rgba[4 * i + k] as number) / 255) * alpha + paper * (1 - alpha);
    }
  }
  return { width, height, pixels };
}

/** True if the visible pixels are lighter than middle gray on average. */
function isLightInk(rgba: ArrayLike<number>): boolean {
  let [brightness, seen] = [0, 0];
  for (let i = 0; i < rgba.length; i += 4) {
    const alpha = rgba[i + 3] as number;
    brightness += alpha * luma(rgba[i] as number, rgba[i + 1] as number, rgba[i + 2] as number);
    seen += alpha;
  }
  return brightness > 127.5 * seen;
}

/** Perceived brightness (ITU-R BT.601). */
const luma = (red: number, green: number, blue: number): number => 0.299 * red + 0.587 * green + 0.114 * blue;

/** The brightness of every pixel. */
export function grayOf({ width, height, pixels }: ColorImage): GrayImage {
  const plane = width * height;
  const gray = Float32Array.from({ length: plane }, (_, i) => {
    return luma(pixels[i] as number, pixels[plane + i] as number, pixels[2 * plane + i] as number);
  });
  return { width, height, pixels: gray };
}

/** True if the paper is light, judged by the mean of the image border. */
export function isDarkOnLight({ width, height, pixels }: GrayImage): boolean {
  let [sum, count] = [0, 0];
  for (let y = 0; y < height; y++) {
    const step = y === 0 || y === height - 1 ? 1 : Math.max(1, width - 1);
    for (let x = 0; x < width; x += step) {
      sum += pixels[y * width + x] as number;
      count++;
    }
  }
  return sum > 0.5 * count;
}

/** The largest centered part with the given proportions. */
export function middleOf(width: number, height: number, toWidth: number, toHeight: number): Box {
  const factor = Math.min(width / toWidth, height / toHeight);
  const left = (width - factor * toWidth) / 2;
  const top = (height - factor * toHeight) / 2;
  return { left, top, right: left + factor * toWidth, bottom: top + factor * toHeight };
}

/** Stretches the contrast: the paper, which is rarely pure black or white, becomes 0 and the strongest ink 1. */
function stretched({ width, height, pixels }: GrayImage): GrayImage {
  const sorted = Float32Array.from(pixels).sort();
  const paper = sorted[Math.floor(sorted.length / 2)] as number;
  const ink = sorted[sorted.length - 1] as number;
  if (ink - paper < 0.1) return { width, height, pixels };
  return { width, height, pixels: pixels.map((value) => Math.min(1, Math.max(0, (value - paper) / (ink - paper)))) };
}

/** Smaller differences are invisible; image compression leaves such differences in an empty sheet. */
const VISIBLE = 0.04;

function isBlank({ width, height, pixels }: ColorImage): boolean {
  const plane = width * height;
  return [0, 1, 2].every((k) => {
    let [least, most] = [1, 0];
    for (let i = k * plane; i < (k + 1) * plane; i++) {
      least = Math.min(least, pixels[i] as number);
      most = Math.max(most, pixels[i] as number);
    }
    return most - least < VISIBLE;
  });
}

/**
 * Converts an image of any size to the input of a network, [C, H, W] with one or three channels. The image is resized
 * by area averaging.
 */
export function imageInput(image: ColorImage, shape: readonly number[], options: ImageOptions): ImageInput {
  const [channels, height, width] = shape as [number, number, number];
  const box = middleOf(image.width, image.height, width, height);
  const blank = isBlank(image);
  if (options.fit) return { input: asTrained(image, shape, options.fit), inverted: false, blank };
  if (channels === 3) {
    const plane = image.width * image.height;
    const input = new Float32Array(3 * width * height);
    for (let k = 0; k < 3; k++) {
      const pixels = image.pixels.subarray(k * plane, (k + 1) * plane);
      input.set(averaged({ ...image, pixels }, box, width, height), k * width * height);
    }
    return { input, inverted: false, blank };
  }
  const gray = grayOf(image);
  const inverted = options.invert === 'auto' ? isDarkOnLight(gray) : options.invert === 'yes';
  const seen = inverted ? { ...gray, pixels: gray.pixels.map((value) => 1 - value) } : gray;
  const larger = image.width > width || image.height > height;
  const digit = options.center && larger && isDigit(shape) ? digitImage(stretched(seen)) : null;
  return {
    input: digit === null ? new Float32Array(averaged(seen, box, width, height)) : new Float32Array(digit),
    inverted,
    blank,
  };
}

/** The same bytes as the dataset has for the image, divided by 255. */
function asTrained(image: ColorImage, shape: readonly number[], fit: ImageConfig['fit']): Float32Array<ArrayBuffer> {
  const [channels, height, width] = shape as [1 | 3, number, number];
  const plane = image.width * image.height;
  const bytes = Uint8Array.from(image.pixels, (value) => Math.round(255 * value));
  const pixels = new Uint8Array(3 * plane);
  for (let i = 0; i < plane; i++) for (let k = 0; k < 3; k++) pixels[3 * i + k] = bytes[k * plane + i] as number;
  const fitted = fittedImage({ ...image, channels: 3, pixels }, { channels, height, width, fit });
  return Float32Array.from(fitted, (value) => value / 255);
}

/** True for the shape of MNIST images. */
export const isDigit = (shape: readonly number[]): boolean => shape.join() === '1,28,28';

/**
 * The input for a drawing on a square sheet, white on black. For the shape of MNIST, the digit is scaled and centered
 * as in MNIST. Null for an empty sheet.
 */
export function drawnInput(sheet: GrayImage, shape: readonly number[]): Float32Array<ArrayBuffer> | null {
  if (sheet.pixels.every((ink) => ink === 0)) return null;
  if (isDigit(shape)) {
    const digit = digitImage(sheet);
    return digit === null ? null : new Float32Array(digit);
  }
  const [, height, width] = shape as [number, number, number];
  return new Float32Array(
    averaged(sheet, { left: 0, top: 0, right: sheet.width, bottom: sheet.height }, width, height),
  );
}
