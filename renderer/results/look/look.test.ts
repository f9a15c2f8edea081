import { describe, expect, it, test } from 'vitest';
import { check } from '../../../src/check/check.ts';
import type { NetworkDocument } from '../../../src/graph/document.ts';
import { lookedAt } from '../../../src/look/ends.ts';
import { levelsOn } from '../../../src/plan/level.ts';
import { templateOf } from '../../../templates/index.ts';
import { figure } from './figures.ts';
import { paintColor, paintSheet } from './raster.ts';
import { limitOf, scaleFrom, stepOf } from './scale.ts';
import { stationsOf } from './stations.ts';
import { cellAt, tilesOfImages, tilesOfMaps } from './tiles.ts';

const scale = scaleFrom(['#0000ff', '#ffffff', '#ff0000']);

test.each([
  [
    ['#00f', '#fff', '#f00'],
    ['#0000ff', '#ffffff', '#ff0000'],
  ],
  [
    [' #0af', '#123456'],
    ['#00aaff', '#123456'],
  ],
])('the colors %j equal %j', (short, long) => {
  expect(scaleFrom(short)).toEqual(scaleFrom(long));
});
const color = (pixels: ArrayLike<number>, at: number) => [0, 1, 2, 3].map((part) => pixels[4 * at + part]);

describe('numbers as colors', () => {
  it('have zero in the middle, and the limits at the ends', () => {
    const { pixels } = paintSheet({ data: [-2, 0, 2, -9, Number.NaN, 1], start: 0, count: 1, height: 1, width: 6 }, 1, {
      kind: 'scale',
      scale,
      limit: 2,
    });
    expect(color(pixels, 0)).toEqual([0, 0, 255, 255]);
    expect(color(pixels, 1)).toEqual([255, 255, 255, 255]);
    expect(color(pixels, 2)).toEqual([255, 0, 0, 255]);
    expect(color(pixels, 3)).toEqual([0, 0, 255, 255]);
    expect(color(pixels, 4)).toEqual([0, 0, 0, 0]);
    expect(color(pixels, 5)).toEqual([255, 127, 127, 255]);
  });

  it('have the neutral color if all are zero', () => {
    expect(limitOf([0, -0, Number.NaN])).toBe(0);
    expect(stepOf(0, 0)).toBe(255);
  });

  it('form a color image for three channels', () => {
    const { pixels } = paintColor({ data: [-1, 1, 0, 1, 1, 1], start: 0, height: 1, width: 2 }, -1, 1);
    expect([color(pixels, 0), color(pixels, 1)]).toEqual([
      [0, 128, 255, 255],
      [255, 255, 255, 255],
    ]);
  });
});

describe('tiles', () => {
  const [filters, channels, size] = [2, 4, 3];
  const data = Float32Array.from({ length: filters * channels * size * size }, (_, i) => i);
  const { tiles } = tilesOfImages({ shape: [filters, channels, size, size], data, shown: filters }, scale);

  it('of filters have a part per channel, with its values', () => {
    const tile = tiles[1];
    if (tile === undefined) throw new Error('There is no second filter.');
    expect([tile.raster.width, tile.raster.height, tile.parts]).toEqual([7, 7, 4]);
    const cell = cellAt(tile, 4.5 / 7, 6.5 / 7);
    // Fourth channel, third row, first column.
    expect(cell).toMatchObject({ part: 3, row: 2, column: 0, values: [36 + 27 + 6] });
    expect([cellAt(tile, 3.5 / 7, 0), cellAt(tile, 1, 0), cellAt(tile, -0.1, 0)]).toEqual([null, null, null]);
  });

  it('of three channels have one part with three values', () => {
    const [tile] = tilesOfImages(
      { shape: [1, 3, 1, 2], data: Float32Array.of(1, 2, 3, 4, 5, 6), shown: 1 },
      scale,
    ).tiles;
    expect(tile && cellAt(tile, 0.9, 0.5)?.values).toEqual([2, 4, 6]);
  });

  it('of maps are marked if all values are zero', () => {
    const maps = {
      shape: [2, 1, 2],
      count: 2,
      shown: 2,
      height: 1,
      width: 2,
      data: Float32Array.of(0, 0, 0, 3),
      min: 0,
      max: 3,
      silent: Uint8Array.of(1, 0),
    };
    const { tiles, limit, signed } = tilesOfMaps(maps, scale);
    expect([tiles.map(({ silent }) => silent), limit, signed]).toEqual([[true, false], 3, false]);
  });
});

describe('stations', () => {
  const documentOf = (id: string) => templateOf(id)?.document as NetworkDocument;

  it('are in order from input to output', () => {
    const lenet = documentOf('lenet_modern');
    const checked = check(lenet);
    const names = stationsOf(checked, [], lenet, checked).map(({ path }) => path);
    expect([names[0], names[1], names.at(-1)]).toEqual(['input', 'conv1', 'classes']);
    expect(names).toHaveLength(lenet.nodes.length);
  });

  it('inside a block have paths that the engine finds', () => {
    const resnet = documentOf('resnet18');
    const checked = check(resnet);
    const block = resnet.nodes.find(({ name }) => name === 'stage2');
    const levels = levelsOn(resnet, checked, [{ node: block?.id ?? '', copy: 0 }]);
    const [level] = levels;
    if (level === undefined || checked.graph === null) throw new Error('There is no such block.');
    const stations = stationsOf(checked, levels, level.document, level.check);
    expect(stations.length).toBeGreaterThan(1);
    const { graph } = checked;
    for (const { path } of stations) expect([path, lookedAt(graph, path)]).toEqual([path, expect.anything()]);
  });
});

it.each([
  [0, '0'],
  [-0.01234, '−0.0123'],
  [1.5, '1.50'],
  [123.4, '123'],
  [-2e-7, '−2.0e−7'],
  [Number.NEGATIVE_INFINITY, '−∞'],
])('%d is formatted as %s', (value, text) => {
  expect(figure(value)).toBe(text);
});
