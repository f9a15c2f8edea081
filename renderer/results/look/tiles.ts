import type { LookedMaps, LookedWeight } from '../../../src/protocol/look.ts';
import { paintColor, paintSheet, type Raster, squareColumns } from './raster.ts';
import { limitOf, type Scale } from './scale.ts';

type Images = NonNullable<LookedWeight['images']>;

/** Image to show: a feature map, or a filter with one part per channel. */
export interface Tile {
  readonly index: number;
  readonly raster: Raster;
  /** True if all values are zero. */
  readonly silent: boolean;
  readonly data: ArrayLike<number>;
  readonly start: number;
  /** Number of parts in the grid. A color image made of several channels is one part. */
  readonly parts: number;
  readonly columns: number;
  readonly height: number;
  readonly width: number;
  /** True if the channels form one color image. */
  readonly colors: boolean;
}

export interface Tiles {
  readonly tiles: readonly Tile[];
  /** Total number, including tiles that are not shown. */
  readonly count: number;
  /** Absolute value at the ends of the scale; `signed` is true if there are negative values. */
  readonly limit: number;
  readonly signed: boolean;
  /** True for color images, in which zero is gray. */
  readonly colors: boolean;
}

/** Max number of channels drawn of a filter. */
const CHANNELS = 64;

export function tilesOfMaps({ data, count, shown, height, width, silent, min }: LookedMaps, scale: Scale): Tiles {
  const limit = limitOf(data);
  const tiles = Array.from({ length: shown }, (_, index): Tile => {
    const start = index * height * width;
    const raster = paintSheet({ data, start, count: 1, height, width }, 1, { kind: 'scale', scale, limit });
    return {
      index,
      raster,
      silent: silent[index] === 1,
      data,
      start,
      parts: 1,
      columns: 1,
      height,
      width,
      colors: false,
    };
  });
  return { tiles, count, limit, signed: min < 0, colors: false };
}

export function tilesOfImages({ shape, data, shown }: Images, scale: Scale): Tiles {
  const [count = 0, channels = 0, height = 0, width = 0] = shape;
  const limit = limitOf(data);
  const colors = channels === 3;
  const parts = colors ? 1 : Math.min(channels, CHANNELS);
  const columns = squareColumns(parts);
  const tiles = Array.from({ length: shown }, (_, index): Tile => {
    const start = index * channels * height * width;
    const numbers = { data, start, count: parts, height, width };
    const raster = colors
      ? paintColor(numbers, -limit, limit)
      : paintSheet(numbers, columns, { kind: 'scale', scale, limit });
    const silent = limitOf(data, start, start + channels * height * width) === 0;
    return { index, raster, silent, data, start, parts, columns, height, width, colors };
  });
  return { tiles, count, limit, signed: true, colors };
}

export interface Cell {
  /** Index of the part; 0 for a color image, whose channels share one part. */
  readonly part: number;
  readonly row: number;
  readonly column: number;
  readonly values: readonly number[];
  /** Position on the tile, as fractions of its width and height. */
  readonly box: { readonly left: number; readonly top: number; readonly width: number; readonly height: number };
}

/** Element at a point of the tile, given as fractions of its width and height; null between parts. */
export function cellAt(tile: Tile, across: number, down: number): Cell | null {
  const { raster, columns, height, width, parts, data, start, colors } = tile;
  const [x, y] = [Math.floor(across * raster.width), Math.floor(down * raster.height)];
  const [column, row] = [x % (width + 1), y % (height + 1)];
  const part = Math.floor(y / (height + 1)) * columns + Math.floor(x / (width + 1));
  if (x < 0 || y < 0 || x >= raster.width || column >= width || row >= height || part >= parts) return null;
  const plane = height * width;
  const at = start + part * plane + row * width + column;
  const values = (colors ? [at, at + plane, at + 2 * plane] : [at]).map((i) => data[i] as number);
  const box = {
    left: x / raster.width,
    top: y / raster.height,
    width: 1 / raster.width,
    height: 1 / raster.height,
  };
  return { part, row, column, values, box };
}
