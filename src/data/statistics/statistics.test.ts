import { readFileSync } from 'node:fs';
import { describe, expect, it, test } from 'vitest';
import { readCsv } from '../csv.ts';
import type { Dataset, Field } from '../dataset.ts';
import type { PixelImage } from '../resize.ts';
import { readTable } from '../table.ts';
import { channelStatistics } from './channels.ts';
import { columnStatistics } from './columns.ts';
import { bandsOf, differenceHash, fingerprint, hammingDistance } from './differenceHash.ts';
import { duplicatesOf, exactCopies } from './duplicates.ts';
import { oddFiles } from './oddFiles.ts';

// Computed by NumPy, SciPy and Pillow.
const golden = JSON.parse(
  readFileSync(new URL('../../../testdata/golden/dataStatistics.json', import.meta.url), 'utf8'),
);

const bytes = (shape: readonly number[], values: readonly number[]): Field => ({
  name: 'image',
  kind: 'bytes',
  shape,
  data: Uint8Array.from(values),
});

describe('channels', () => {
  it('of bytes are those of NumPy', () => {
    const { images, train, mean, std, histogram } = golden.channels;
    const found = channelStatistics(bytes([3, 5, 4], images), Uint32Array.from(train));
    for (const c of [0, 1, 2]) {
      expect(found[c]?.mean).toBeCloseTo(mean[c], 12);
      expect(found[c]?.std).toBeCloseTo(std[c], 12);
      expect([...(found[c]?.histogram ?? [])]).toEqual(histogram[c]);
    }
  });

  it('of numbers are those of NumPy; NaN and infinities are left out', () => {
    const { values, mean, std } = golden.numbers;
    const data = Float32Array.from([...values, ...new Array(18).fill(Number.NaN)]);
    const found = channelStatistics(
      { name: 'x', kind: 'numbers', shape: [2, 3, 3], data },
      Uint32Array.from([0, 1, 2, 3, 4, 5]),
    );
    for (const c of [0, 1]) {
      expect(found[c]?.mean).toBeCloseTo(mean[c], 7);
      expect(found[c]?.std).toBeCloseTo(std[c], 7);
      expect(found[c]?.histogram.reduce((a, b) => a + b, 0)).toBe(45);
    }
  });

  it('of no samples are zero', () => {
    expect(channelStatistics(bytes([1, 2, 2], [1, 2, 3, 4]), new Uint32Array())[0]).toMatchObject({ mean: 0, std: 0 });
  });
});

describe('columns', () => {
  const { csv, pearson, etaNumCls, etaCatNum2, cramer, numbers, bars, catBars } = golden.table;
  const { columns } = readTable(readCsv(new TextEncoder().encode(csv), 'table.csv'));
  const named = (name: string) => columns.find((column) => column.name === name) as (typeof columns)[number];

  it.each([
    ['num', 'num2', false, 'pearson', pearson],
    ['num', 'cls', true, 'eta', etaNumCls],
    ['cat', 'num2', false, 'eta', etaCatNum2],
    ['cat', 'cls', true, 'cramer', cramer],
  ])('%s and the target %s as NumPy and SciPy relate them', (name, target, isClass, measure, value) => {
    const { association } = columnStatistics(named(name), named(target), isClass);
    expect(association?.measure).toBe(measure);
    expect(association?.value).toBeCloseTo(value, 12);
  });

  it('have the distribution that NumPy gives', () => {
    const number = columnStatistics(named('num'), named('cls'), true);
    expect(number.bars.map(({ count }) => count)).toEqual(bars);
    for (const key of ['low', 'high', 'mean', 'std'] as const)
      expect(number.numbers?.[key]).toBeCloseTo(numbers[key], 12);
    const category = columnStatistics(named('cat'), named('cls'), true);
    expect(Object.fromEntries(category.bars.map(({ name, count }) => [name, count]))).toEqual(catBars);
  });

  it.each([
    ['same', 'cls'],
    ['cls', 'cls'],
    ['num', 'same'],
  ])('%s has no relation with %s', (name, target) => {
    expect(columnStatistics(named(name), named(target), false).association).toBeNull();
  });
});

test.each<PixelImage & { readonly bits: readonly number[] }>(
  golden.hashes,
)('the difference hash of $width×$height pixels is that of Pillow', ({ bits, ...image }) => {
  const hash = differenceHash({ ...image, pixels: Uint8Array.from(image.pixels) });
  expect(Array.from({ length: 64 }, (_, bit) => ((hash[bit >> 5] as number) >>> (bit & 31)) & 1)).toEqual(bits);
});

test('hashes that differ in three bits share a band', () => {
  for (let seed = 0; seed < 200; seed++) {
    const a: [number, number] = [Math.imul(seed, 0x9e3779b1), Math.imul(seed, 0x85ebca6b)];
    const b: [number, number] = [
      a[0] ^ (1 << (seed % 32)) ^ (1 << ((seed * 7 + 3) % 32)),
      a[1] ^ (1 << ((seed * 5) % 32)),
    ];
    expect(hammingDistance(a, b)).toBeLessThanOrEqual(3);
    const bands = bandsOf(b);
    expect(bandsOf(a).some((bits, band) => bits === bands[band])).toBe(true);
  }
});

describe('duplicates', () => {
  /** A gradient image with a bright spot. */
  const image = (spot: number, brightness = 0) =>
    Uint8Array.from({ length: 24 * 24 }, (_, at) => {
      const [x, y] = [at % 24, Math.floor(at / 24)];
      return Math.min(
        255,
        20 +
          brightness +
          ((x * (spot + 3) + y * (7 - spot)) % 97) +
          ((x - 3 * spot) ** 2 + (y - 12) ** 2 < 30 ? 100 : 0),
      );
    });
  const images = [image(0), image(1), image(0), image(2), image(1, 12), image(5), image(0)];
  const data: Dataset = {
    name: 'spots',
    count: images.length,
    inputs: [
      bytes(
        [1, 24, 24],
        images.flatMap((pixels) => [...pixels]),
      ),
    ],
    targets: [],
  };
  const prints = images.map((pixels) => fingerprint({ width: 24, height: 24, channels: 1, pixels }));
  const parts = Uint8Array.from([0, 0, 1, 0, 2, 0, 0]);

  it('are found within and across the split, leaks first', () => {
    const groups = exactCopies(data);
    expect(groups).toEqual([[0, 2, 6]]);
    expect(duplicatesOf(groups, parts, prints)).toEqual({
      copies: 2,
      near: 1,
      leaked: 2,
      pairs: [
        { first: 0, second: 2, kind: 'copy', isLeak: true },
        { first: 1, second: 4, kind: 'near', isLeak: true },
        { first: 0, second: 6, kind: 'copy', isLeak: false },
      ],
    });
  });

  it('constant images are not near-duplicates of each other', () => {
    const flat = [10, 200].map((value) =>
      fingerprint({ width: 8, height: 8, channels: 1, pixels: new Uint8Array(64).fill(value) }),
    );
    expect(duplicatesOf([], new Uint8Array(2), flat)).toMatchObject({ near: 0, pairs: [] });
  });
});

test('odd files differ from most others', () => {
  const usual = Array.from({ length: 9 }, () => ({ width: 100, height: 80, channels: 3 }));
  const found = oddFiles([
    ...usual,
    { width: 400, height: 100, channels: 3 },
    { width: 20, height: 20, channels: 3 },
    { width: 400, height: 320, channels: 3 },
    { width: 100, height: 80, channels: 1 },
    null,
  ]);
  expect(found.slice(0, 9).flat()).toEqual([]);
  expect(found.slice(9)).toEqual([['aspect'], ['small'], ['large'], ['channels'], []]);
});
