import { type Scale, stepOf } from './scale.ts';

/** RGBA pixels, as a canvas expects them. Unpainted pixels are transparent. */
export interface Raster {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8ClampedArray<ArrayBuffer>;
}

/** Grid of images of equal size, separated by a line of transparent pixels. */
export interface Sheet {
  readonly columns: number;
  readonly rows: number;
  readonly width: number;
  readonly height: number;
}

/** Sheet for `count` images in the given number of columns, filled row by row. `gap`: pixels between images. */
export function sheetOf(count: number, height: number, width: number, columns: number, gap = 1): Sheet {
  const rows = Math.ceil(count / columns);
  return { columns, rows, width: columns * (width + gap) - gap, height: rows * (height + gap) - gap };
}

/** Number of columns that makes a sheet of `count` nearly square images nearly square. */
export const squareColumns = (count: number): number => Math.ceil(Math.sqrt(count));

const empty = (width: number, height: number): Raster => ({
  width,
  height,
  pixels: new Uint8ClampedArray(4 * width * height),
});

/** Mapping from values to colors. */
export type Ink =
  | { readonly kind: 'scale'; readonly scale: Scale; readonly limit: number }
  /** From black at 0 to white at 1. */
  | { readonly kind: 'gray' };

function dot(pixels: Uint8ClampedArray, at: number, value: number, ink: Ink): void {
  if (ink.kind === 'gray') {
    pixels.fill(value * 255, at, at + 3);
    pixels[at + 3] = 255;
    return;
  }
  const step = stepOf(value, ink.limit);
  if (step === null) return;
  for (let part = 0; part < 3; part++) pixels[at + part] = ink.scale[3 * step + part] as number;
  pixels[at + 3] = 255;
}

interface Numbers {
  readonly data: ArrayLike<number>;
  /** Index of the first value of the first image. */
  readonly start: number;
  readonly count: number;
  readonly height: number;
  readonly width: number;
}

/** Paints consecutive images onto a sheet with the given number of columns. */
export function paintSheet({ data, start, count, height, width }: Numbers, columns: number, ink: Ink): Raster {
  const gap = 1;
  const sheet = sheetOf(count, height, width, columns, gap);
  const raster = empty(Math.max(1, sheet.width), Math.max(1, sheet.height));
  for (let k = 0; k < count; k++) {
    const left = (k % columns) * (width + gap);
    const top = Math.floor(k / columns) * (height + gap);
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const value = data[start + (k * height + y) * width + x] as number;
        dot(raster.pixels, 4 * ((top + y) * raster.width + left + x), value, ink);
      }
    }
  }
  return raster;
}

/** Paints a three-channel image in color. `from` maps to 0 and `to` to full intensity in every channel. */
export function paintColor({ data, start, height, width }: Omit<Numbers, 'count'>, from: number, to: number): Raster {
  const raster = empty(width, height);
  const plane = height * width;
  const span = to - from || 1;
  for (let i = 0; i < plane; i++) {
    for (let part = 0; part < 3; part++) {
      raster.pixels[4 * i + part] = (((data[start + part * plane + i] as number) - from) / span) * 255;
    }
    raster.pixels[4 * i + 3] = 255;
  }
  return raster;
}
