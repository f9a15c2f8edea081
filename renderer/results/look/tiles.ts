import type { LookedMaps, LookedWeight } from '../../../src/protocol/look.ts';
import { paintColour, paintSheet, type Raster, squareColumns } from './raster.ts';
import { limitOf, type Scale } from './scale.ts';

type Images = NonNullable<LookedWeight['images']>;

/** An image to look at: one map, or a filter with a part for every channel. */
export interface Tile {
  readonly index: number;
  readonly raster: Raster;
  /** All its numbers are zero. */
  readonly silent: boolean;
  readonly data: ArrayLike<number>;
  readonly start: number;
  /** Parts on its sheet, in that many columns; several channels in one coloured image are one part. */
  readonly parts: number;
  readonly columns: number;
  readonly height: number;
  readonly width: number;
  /** Channels that are mixed into one image in their colours. */
  readonly colours: boolean;
}

export interface Tiles {
  readonly tiles: readonly Tile[];
  /** How many there would be in all. */
  readonly count: number;
  /** The numbers that the ends of the scale stand for, and whether any is below zero. */
  readonly limit: number;
  readonly signed: boolean;
  /** They are in colours, with grey for zero. */
  readonly colours: boolean;
}

/** More channels of a filter are not drawn. */
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
      colours: false,
    };
  });
  return { tiles, count, limit, signed: min < 0, colours: false };
}

export function tilesOfImages({ shape, data, shown }: Images, scale: Scale): Tiles {
  const [count = 0, channels = 0, height = 0, width = 0] = shape;
  const limit = limitOf(data);
  const colours = channels === 3;
  const parts = colours ? 1 : Math.min(channels, CHANNELS);
  const columns = squareColumns(parts);
  const tiles = Array.from({ length: shown }, (_, index): Tile => {
    const start = index * channels * height * width;
    const numbers = { data, start, count: parts, height, width };
    const raster = colours
      ? paintColour(numbers, -limit, limit)
      : paintSheet(numbers, columns, { kind: 'scale', scale, limit });
    const silent = limitOf(data, start, start + channels * height * width) === 0;
    return { index, raster, silent, data, start, parts, columns, height, width, colours };
  });
  return { tiles, count, limit, signed: true, colours };
}

export interface Cell {
  /** From 0 on; of what is in colours all of its channels have it. */
  readonly part: number;
  readonly row: number;
  readonly column: number;
  readonly values: readonly number[];
  /** Where it lies on the tile, in shares of that. */
  readonly box: { readonly left: number; readonly top: number; readonly width: number; readonly height: number };
}

/** The number at a point of the tile, in shares of its width and height; null between its parts. */
export function cellAt(tile: Tile, across: number, down: number): Cell | null {
  const { raster, columns, height, width, parts, data, start, colours } = tile;
  const [x, y] = [Math.floor(across * raster.width), Math.floor(down * raster.height)];
  const [column, row] = [x % (width + 1), y % (height + 1)];
  const part = Math.floor(y / (height + 1)) * columns + Math.floor(x / (width + 1));
  if (x < 0 || y < 0 || x >= raster.width || column >= width || row >= height || part >= parts) return null;
  const plane = height * width;
  const at = start + part * plane + row * width + column;
  const values = (colours ? [at, at + plane, at + 2 * plane] : [at]).map((i) => data[i] as number);
  const box = {
    left: x / raster.width,
    top: y / raster.height,
    width: 1 / raster.width,
    height: 1 / raster.height,
  };
  return { part, row, column, values, box };
}
