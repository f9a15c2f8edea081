import { type Random, random } from '../random/philox.ts';
import type { Text } from '../text.ts';
import type { Dataset, Field } from './dataset.ts';

/** Options of a generated dataset of `count` samples. The same seed and noise result in the same values. */
export interface ToyOptions {
  readonly count: number;
  readonly seed: number;
  /** Standard deviation or range of the random deviation; its unit depends on the dataset. */
  readonly noise: number;
}

/** The random source and the position of one sample. */
interface Draw {
  readonly rng: Random;
  /** Index of the sample, out of `count`. */
  readonly at: number;
  readonly count: number;
  readonly noise: number;
  /** Random source of its own for datasets whose samples do not depend on the noise. */
  readonly deviation: Random;
}

interface Point {
  readonly x: readonly number[];
  /** Class or number. */
  readonly y: number;
}

/** The definition of a generated dataset; `classes` is 0 for numeric targets. `noise` is the default. */
interface Toy {
  readonly title: Text;
  /** Feature over which the target is drawn, where it is a curve. */
  readonly curve?: number;
  readonly classes: number;
  readonly noise: number;
  readonly point: (draw: Draw) => Point;
}

const turn = 2 * Math.PI;
const near = ({ rng, noise }: Draw, middle: number): number => middle + noise * rng.normal();
const around = (draw: Draw, center: readonly number[]): number[] => center.map((middle) => near(draw, middle));
const between = (rng: Random, low: number, high: number): number => low + (high - low) * rng.uniform();

/** Points at the four corners of a square; the logical function `answer` decides their class. */
const corners = (title: Text, answer: (a: boolean, b: boolean) => boolean): Toy => ({
  title,
  classes: 2,
  noise: 0.15,
  point(draw) {
    const [a, b] = [draw.at % 2 === 1, draw.at % 4 > 1];
    return { x: around(draw, [Number(a), Number(b)]), y: Number(answer(a, b)) };
  },
});

/** Two interleaving half circles: scikit-learn's `make_moons`, with random instead of evenly spaced angles. */
const moons: Toy = {
  title: { en: 'Moons', zh: '双月' },
  classes: 2,
  noise: 0.1,
  point(draw) {
    const lower = draw.at % 2;
    const angle = (turn / 2) * draw.rng.uniform();
    const [x, y] = [Math.cos(angle), Math.sin(angle)];
    return { x: around(draw, lower === 0 ? [x, y] : [1 - x, 0.5 - y]), y: lower };
  },
};

/** Two concentric circles: scikit-learn's `make_circles(factor=0.5)`, with random instead of evenly spaced angles. */
const circles: Toy = {
  title: { en: 'Circles', zh: '同心圆' },
  classes: 2,
  noise: 0.05,
  point(draw) {
    const inner = draw.at % 2;
    const [angle, radius] = [turn * draw.rng.uniform(), inner === 1 ? 0.5 : 1];
    return { x: around(draw, [radius * Math.cos(angle), radius * Math.sin(angle)]), y: inner };
  },
};

/** `arms` spirals around the origin with one and a half turns each. */
const spiral = (title: Text, arms: number): Toy => ({
  title,
  classes: arms,
  noise: 0.02,
  point(draw) {
    const arm = draw.at % arms;
    const way = Math.sqrt(draw.rng.uniform());
    const angle = turn * (0.75 * way + arm / arms);
    return { x: around(draw, [way * Math.cos(angle), way * Math.sin(angle)]), y: arm };
  },
});

/** Three Gaussian clusters: scikit-learn's `make_blobs`, with centers at equal angles on a circle of radius 2. */
const blobs: Toy = {
  title: { en: 'Blobs, 3 classes', zh: '高斯团，3 类' },
  classes: 3,
  noise: 0.5,
  point(draw) {
    const cloud = draw.at % 3;
    const angle = (turn * cloud) / 3;
    return { x: around(draw, [2 * Math.cos(angle), 2 * Math.sin(angle)]), y: cloud };
  },
};

/** Sixteen squares in two alternating classes; noise moves a sample, but not its class. */
const checkerboard: Toy = {
  title: { en: 'Checkerboard', zh: '棋盘' },
  classes: 2,
  noise: 0,
  point({ rng, noise, deviation }) {
    const x = [between(rng, -2, 2), between(rng, -2, 2)];
    const label = Math.abs(x.reduce((sum, place) => sum + Math.floor(place), 0)) % 2;
    return { x: noise === 0 ? x : x.map((place) => place + noise * deviation.normal()), y: label };
  },
};

/** Section 3.3 of “Dive into Deep Learning”: two features a and b, target 2·a − 3.4·b + 4.2 plus noise. */
const linear: Toy = {
  title: { en: 'Linear, 2 features', zh: '线性，2 个特征' },
  classes: 0,
  noise: 0.01,
  point(draw) {
    const [a, b] = [draw.rng.normal(), draw.rng.normal()];
    return { x: [a, b], y: near(draw, 2 * a - 3.4 * b + 4.2) };
  },
};

/** Section 4.5 of “Dive into Deep Learning”: 200 features with a weight of 0.01 each. */
const linear200: Toy = {
  title: { en: 'Linear, 200 features', zh: '线性，200 个特征' },
  classes: 0,
  noise: 0.01,
  point(draw) {
    const x = Array.from({ length: 200 }, () => draw.rng.normal());
    return {
      x,
      y: near(
        draw,
        x.reduce((sum, feature) => sum + 0.01 * feature, 0.05),
      ),
    };
  },
};

/** Section 4.4 of “Dive into Deep Learning”: features xⁱ/i!, target the cubic 5 + 1.2x − 3.4x²/2! + 5.6x³/3!. */
const cubic = (powers: number): Toy => ({
  title: { en: `Polynomial of degree 3, ${powers} features`, zh: `三次多项式，${powers} 个特征` },
  curve: 1,
  classes: 0,
  noise: 0.1,
  point(draw) {
    const x = draw.rng.normal();
    const features = [1];
    for (let i = 1; i < Math.max(4, powers); i++) features.push(((features[i - 1] as number) * x) / i);
    const [one = 0, first = 0, second = 0, third = 0] = features;
    return { x: features.slice(0, powers), y: near(draw, 5 * one + 1.2 * first - 3.4 * second + 5.6 * third) };
  },
});

/** One feature in [−π, π]; the target is its sine. */
const sine: Toy = {
  title: { en: 'Sine', zh: '正弦' },
  curve: 0,
  classes: 0,
  noise: 0.1,
  point(draw) {
    const x = between(draw.rng, -Math.PI, Math.PI);
    return { x: [x], y: near(draw, Math.sin(x)) };
  },
};

const toys: Readonly<Record<string, Toy>> = {
  xor: corners({ en: 'XOR', zh: '异或（XOR）' }, (a, b) => a !== b),
  and: corners({ en: 'AND', zh: '与（AND）' }, (a, b) => a && b),
  or: corners({ en: 'OR', zh: '或（OR）' }, (a, b) => a || b),
  moons,
  circles,
  spirals: spiral({ en: 'Spirals, 2 classes', zh: '螺旋，2 类' }, 2),
  spirals3: spiral({ en: 'Spirals, 3 classes', zh: '螺旋，3 类' }, 3),
  blobs,
  checkerboard,
  linear,
  linear200,
  cubic2: cubic(2),
  cubic4: cubic(4),
  cubic20: cubic(20),
  sine,
};

const PAIRS = 'pairs';

/**
 * Two inputs, each a point in a square. Targets: whether both points are on the same side of the middle, and their
 * distance plus noise.
 */
function pairs({ count, seed, noise }: ToyOptions): Dataset {
  const rng = random(seed, 'toy/pairs');
  const deviation = random(seed, 'toy/pairs/noise');
  const draw = () => Float32Array.from({ length: 2 * count }, () => between(rng, -1, 1));
  const [a, b] = [draw(), draw()];
  const of = (points: Float32Array, i: number) => [points[2 * i] as number, points[2 * i + 1] as number] as const;
  const same = Uint8Array.from({ length: count }, (_, i) => Number(of(a, i)[0] > 0 === of(b, i)[0] > 0));
  const distance = Float32Array.from({ length: count }, (_, i) => {
    const [[x, y], [u, v]] = [of(a, i), of(b, i)];
    return Math.hypot(x - u, y - v) + (noise === 0 ? 0 : noise * deviation.normal());
  });
  return {
    name: PAIRS,
    count,
    inputs: [
      { name: 'a', kind: 'numbers', shape: [2], data: a },
      { name: 'b', kind: 'numbers', shape: [2], data: b },
    ],
    targets: [
      { name: 'same', kind: 'classes', classes: 2, shape: [], data: same },
      { name: 'distance', kind: 'numbers', shape: [1], data: distance },
    ],
  };
}

/** Names of the generated datasets. */
export const toySets: readonly string[] = [...Object.keys(toys), PAIRS];

const titles: Readonly<Record<string, Text>> = {
  ...Object.fromEntries(Object.entries(toys).map(([name, { title }]) => [name, title])),
  [PAIRS]: { en: 'Pairs of points', zh: '点对' },
};

/** Title of a generated dataset. */
export const toyTitle = (name: string): Text => titles[name] ?? { en: name, zh: name };

/** Feature over which the target is drawn as a curve; null where the samples are none. */
export const toyCurve = (name: string): number | null => toys[name]?.curve ?? null;

/** Settings of a generated dataset where its source has none. */
export const toyDefaults = (name: string): ToyOptions => ({ count: 1000, seed: 1, noise: toys[name]?.noise ?? 0 });

/** Generates a dataset; null for an unknown name. */
export function generate(name: string, options: ToyOptions): Dataset | null {
  if (name === PAIRS) return pairs(options);
  const toy = Object.hasOwn(toys, name) ? toys[name] : undefined;
  if (toy === undefined) return null;
  const { count, noise, seed } = options;
  const [rng, deviation] = [random(seed, `toy/${name}`), random(seed, `toy/${name}/noise`)];
  let x = new Float32Array();
  const y = new Float32Array(count);
  for (let at = 0; at < count; at++) {
    const point = toy.point({ rng, deviation, at, count, noise });
    if (at === 0) x = new Float32Array(count * point.x.length);
    x.set(point.x, at * point.x.length);
    y[at] = point.y;
  }
  const input: Field = { name: 'x', kind: 'numbers', shape: [x.length / count], data: x };
  const target: Field =
    toy.classes > 0
      ? { name: 'y', kind: 'classes', classes: toy.classes, shape: [], data: Uint8Array.from(y) }
      : { name: 'y', kind: 'numbers', shape: [1], data: y };
  return { name, count, inputs: [input], targets: [target] };
}
