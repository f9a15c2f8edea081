import { describe, expect, it } from 'vitest';
import { defaultConfig } from '../layers/config.ts';
import { random } from '../random/philox.ts';
import { gaussianNoise } from './gaussian.ts';
import type { ByteImage, ImageShape } from './image.ts';
import { transformOf, transforms } from './index.ts';
import { cutMix, drawBox, drawLambda, mixUp, partner } from './mixing.ts';
import type { DrawnValues, Transform } from './transform.ts';

const SHAPES: readonly ImageShape[] = [
  [3, 32, 32],
  [1, 30, 28],
  [3, 33, 47],
  [1, 31, 60],
];
const imageOf = (shape: ImageShape): ByteImage => ({
  shape,
  pixels: Uint8Array.from({ length: shape[0] * shape[1] * shape[2] }, (_, i) => (i * 37) % 256),
});

describe.each(transforms.map((transform) => [transform.type, transform] as const))('%s', (_, transform) => {
  const params = defaultConfig(transform.params);

  it('has texts in both languages', () => {
    for (const text of [transform.title, transform.doc, ...Object.values(transform.params).map(({ label }) => label)]) {
      expect(text.en).not.toBe('');
      expect(text.zh).not.toBe('');
    }
    expect(transform.doc.en).toMatch(/\.$/);
    expect(transform.doc.zh).toMatch(/。$/);
  });

  it.each(SHAPES.map((shape) => [shape]))('gives the shape it says, the same bits for the same draw: %j', (shape) => {
    const said = transform.shape(shape, params);
    expect(said).toBeInstanceOf(Array);
    const image = imageOf(shape);
    const bits = (seed: number): string[] =>
      Array.from({ length: 20 }, (_, sample) => {
        const drawn = transform.draw(params, shape, random(seed, 'test', [sample, 0]));
        if (drawn === null) return 'unchanged';
        const out = transform.apply(image, drawn, params);
        expect(out.shape).toEqual(said);
        expect(out.pixels.length).toBe(out.shape.reduce((product, cells) => product * cells));
        expect(transform.caption(drawn).zh === '').toBe(!transform.random);
        return `${out.pixels}`;
      });
    const first = bits(1);
    expect(bits(1)).toEqual(first);
    expect(new Set(first).size > 1).toBe(transform.random);
    expect(image).toEqual(imageOf(shape));
  });
});

const DRAWS = 10_000;
function drawsOf(
  type: string,
  params: Readonly<Record<string, unknown>>,
  shape: ImageShape,
): readonly (DrawnValues | null)[] {
  const transform = transformOf(type) as Transform;
  const all = { ...defaultConfig(transform.params), ...params } as Parameters<Transform['draw']>[0];
  return Array.from({ length: DRAWS }, (_, i) => transform.draw(all, shape, random(3, `transform/${type}`, [i, 0])));
}

/** Largest distance between the distribution of `values` and the uniform one (Kolmogorov and Smirnov), times √n. */
function distance(values: readonly number[], low: number, high: number): number {
  const shares = values.map((value) => (value - low) / (high - low)).sort((a, b) => a - b);
  const n = shares.length;
  return (
    Math.sqrt(n) *
    Math.max(...shares.map((share, i) => Math.max(Math.abs(share - i / n), Math.abs((i + 1) / n - share))))
  );
}
/** Exceeded by 1 of 1,000 uniform samples. */
const FAR = 1.95;

type Pick = (drawn: Record<string, number & readonly number[]>) => number;
const uniform: readonly (readonly [
  string,
  string,
  Readonly<Record<string, unknown>>,
  ImageShape,
  number,
  number,
  Pick,
])[] = [
  ['RandomRotation', 'angle', { degrees: [30] }, [3, 9, 9], -30, 30, ({ angle }) => angle as number],
  ['RandomRotation', 'angle of a range', { degrees: [10, 80] }, [3, 9, 9], 10, 80, ({ angle }) => angle as number],
  ['RandomAffine', 'angle', { degrees: [45] }, [3, 9, 9], -45, 45, ({ angle }) => angle as number],
  ['RandomAffine', 'scale', { scale: [0.5, 2] }, [3, 9, 9], 0.5, 2, ({ scale }) => scale as number],
  ['RandomAffine', 'shear x', { shear: [-5, 20] }, [3, 9, 9], -5, 20, ({ shear }) => shear?.[0] as number],
  ['RandomAffine', 'shear y', { shear: [0, 1, -7, 3] }, [3, 9, 9], -7, 3, ({ shear }) => shear?.[1] as number],
  ['ColorJitter', 'brightness', { brightness: [0.4] }, [3, 9, 9], 0.6, 1.4, ({ brightness }) => brightness as number],
  ['ColorJitter', 'contrast is not negative', { contrast: [3] }, [3, 9, 9], 0, 4, ({ contrast }) => contrast as number],
  ['ColorJitter', 'saturation', { saturation: [2, 3] }, [3, 9, 9], 2, 3, ({ saturation }) => saturation as number],
  ['ColorJitter', 'hue', { hue: [0.5] }, [3, 9, 9], -0.5, 0.5, ({ hue }) => hue as number],
  ['GaussianBlur', 'sigma', {}, [3, 9, 9], 0.1, 2, ({ sigma }) => sigma as number],
];
it.each(uniform)('%s: %s is uniform in its range', (type, _, params, shape, low, high, pick) => {
  const values = drawsOf(type, params, shape).map((drawn) => pick(drawn as Parameters<Pick>[0]));
  expect(Math.min(...values)).toBeGreaterThanOrEqual(low);
  expect(Math.max(...values)).toBeLessThanOrEqual(high);
  expect(distance(values, low, high)).toBeLessThan(FAR);
});

it.each([
  ['RandomCrop', { size: [20], padding: [2] }, 'top', 17],
  ['RandomCrop', { size: [24, 30], padding: [0] }, 'left', 3],
  ['RandomPerspective', { p: 1, distortion_scale: 0.5 }, 'endpoints', 9],
] as const)('%s %j: every %s is equally frequent', (type, params, key, cells) => {
  const counts = new Array<number>(cells).fill(0);
  for (const drawn of drawsOf(type, params, [3, 32, 32])) {
    const value = drawn?.[key];
    const at = (Array.isArray(value) ? value[0] : value) as number;
    counts[at] = (counts[at] as number) + 1;
  }
  expect(counts.length).toBe(cells);
  const expected = DRAWS / cells;
  const chiSquare = counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
  // Mean cells − 1; four standard deviations.
  expect(chiSquare).toBeLessThan(cells - 1 + 4 * Math.sqrt(2 * (cells - 1)));
});

it.each([
  ['RandomHorizontalFlip', 0.5],
  ['RandomVerticalFlip', 0.2],
  ['RandomGrayscale', 0.1],
  ['RandomErasing', 0.7],
  ['RandomPerspective', 0.3],
  ['RandomHorizontalFlip', 0],
  ['RandomHorizontalFlip', 1],
])('%s changes the share p = %f of the samples', (type, p) => {
  const changed = drawsOf(type, { p }, [3, 32, 32]).filter((drawn) => drawn !== null).length / DRAWS;
  expect(Math.abs(changed - p)).toBeLessThanOrEqual(4 * Math.sqrt((p * (1 - p)) / DRAWS));
});

it.each([
  ['RandomResizedCrop', {}, 'height', 'width', 0.08, 1, 3 / 4, 4 / 3],
  ['RandomErasing', { p: 1 }, 'w', 'h', 0.02, 0.33, 0.3, 3.3],
] as const)('%s has areas and ratios in their ranges, inside the image', (type, params, down, across, ...limits) => {
  const [leastArea, mostArea, leastRatio, mostRatio] = limits as readonly number[] as readonly [
    number,
    number,
    number,
    number,
  ];
  const [side, rounding] = [400, 0.02];
  for (const drawn of drawsOf(type, params, [3, side, side]) as unknown as readonly Record<string, number>[]) {
    const [h, w] = [drawn[down] as number, drawn[across] as number];
    expect((h * w) / side ** 2).toBeGreaterThan(leastArea * (1 - rounding) - rounding / 10);
    expect((h * w) / side ** 2).toBeLessThan(mostArea * (1 + rounding));
    expect(w / h).toBeGreaterThan(leastRatio * (1 - rounding));
    expect(w / h).toBeLessThan(mostRatio * (1 + rounding));
    expect((drawn.top ?? drawn.i ?? 0) >= 0).toBe(true);
    expect((drawn.top ?? drawn.i ?? 0) + (drawn.height ?? drawn.h ?? 0)).toBeLessThanOrEqual(side);
    expect((drawn.left ?? drawn.j ?? 0) + (drawn.width ?? drawn.w ?? 0)).toBeLessThanOrEqual(side);
  }
});

it('noise has the mean and the standard deviation of its settings', () => {
  const shape: ImageShape = [1, 200, 200];
  const gray = { shape, pixels: new Uint8Array(40_000).fill(128) };
  const values = [...gaussianNoise(gray, 0.05, 0.1, 5).pixels].map((value) => value / 255);
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const std = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
  expect(mean).toBeCloseTo(128 / 255 + 0.05, 2);
  expect(std).toBeCloseTo(0.1, 2);
});

describe('mixing', () => {
  it.each([0.2, 1, 4])('λ of α = %f has mean 1/2 and the variance of Beta(α, α)', (alpha) => {
    const values = Array.from({ length: DRAWS }, (_, i) => drawLambda(alpha, random(1, 'mix', [i, 0])));
    const variance = values.reduce((sum, value) => sum + (value - 0.5) ** 2, 0) / DRAWS;
    expect(Math.min(...values)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...values)).toBeLessThanOrEqual(1);
    expect(variance).toBeCloseTo(1 / (4 * (2 * alpha + 1)), 2);
    expect(values.reduce((sum, value) => sum + value, 0) / DRAWS).toBeCloseTo(0.5, 1);
  });

  it('mixes each sample with the one before', () => {
    expect(partner(0, 3)).toBe(2);
    expect([...mixUp(Float32Array.of(0, 0, 4, 8, 12, 16), 3, 0.75)]).toEqual([3, 4, 3, 6, 10, 14]);
  });

  it('takes the box of each image from its partner, and λ is the share that stays', () => {
    const batch = Uint8Array.from({ length: 2 * 3 * 64 }, (_, i) => (i < 192 ? 1 : 2));
    for (let i = 0; i < 200; i++) {
      const box = drawBox([3, 8, 8], i / 200, random(1, 'box', [i, 0]));
      const taken = cutMix(batch, [3, 8, 8], box)
        .subarray(0, 192)
        .filter((value) => value === 2).length;
      expect(taken / 192).toBeCloseTo(1 - box.lambda, 10);
    }
  });
});
