import { type Random, random } from '../random/philox.ts';
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
}

interface Point {
  readonly x: readonly number[];
  readonly y: readonly number[];
}

/** The definition of a generated dataset; `classes` is 0 for numeric targets. */
interface Toy {
  readonly classes: number;
  readonly noise: number;
  readonly point: (draw: Draw) => Point;
}

const turn = 2 * Math.PI;
const around = ({ rng, noise }: Draw, center: readonly number[]): number[] =>
  center.map((middle) => middle + noise * rng.normal());
const between = (rng: Random, low: number, high: number): number => low + (high - low) * rng.uniform();

/** Points at the four corners of a square; the logical function `answer` decides their class. */
const corners = (answer: (a: boolean, b: boolean) => boolean): Toy => ({
  classes: 2,
  noise: 0.15,
  point(draw) {
    const [a, b] = [draw.at % 2 === 1, draw.at % 4 > 1];
    return { x: around(draw, [Number(a), Number(b)]), y: [Number(answer(a, b))] };
  },
});

/** Two interleaving half circles. */
const moons: Toy = {
  classes: 2,
  noise: 0.1,
  point(draw) {
    const lower = draw.at % 2;
    const angle = (turn / 2) * draw.rng.uniform();
    const [x, y] = [Math.cos(angle), Math.sin(angle)];
    return { x: around(draw, lower === 0 ? [x, y] : [1 - x, 0.5 - y]), y: [lower] };
  },
};

/** A ring around a disk. */
const circles: Toy = {
  classes: 2,
  noise: 0.05,
  point(draw) {
    const inner = draw.at % 2;
    const [angle, radius] = [turn * draw.rng.uniform(), inner === 1 ? 0.5 : 1];
    return { x: around(draw, [radius * Math.cos(angle), radius * Math.sin(angle)]), y: [inner] };
  },
};

/** `arms` spirals around the origin with one and a half turns each. */
const spiral = (arms: number): Toy => ({
  classes: arms,
  noise: 0.02,
  point(draw) {
    const arm = draw.at % arms;
    const way = Math.sqrt(draw.rng.uniform());
    const angle = turn * (0.75 * way + arm / arms);
    return { x: around(draw, [way * Math.cos(angle), way * Math.sin(angle)]), y: [arm] };
  },
});

/** Three Gaussian clusters. */
const blobs: Toy = {
  classes: 3,
  noise: 0.5,
  point(draw) {
    const cloud = draw.at % 3;
    const angle = (turn * cloud) / 3;
    return { x: around(draw, [2 * Math.cos(angle), 2 * Math.sin(angle)]), y: [cloud] };
  },
};

/** Sixteen squares in two alternating classes. */
const checkerboard: Toy = {
  classes: 2,
  noise: 0,
  point({ rng }) {
    const x = [between(rng, -2, 2), between(rng, -2, 2)];
    return { x, y: [Math.abs(x.reduce((sum, place) => sum + Math.floor(place), 0)) % 2] };
  },
};

/** Section 3.3 of “Dive into Deep Learning”: two features a and b, target 2·a − 3.4·b + 4.2 plus noise. */
const linear: Toy = {
  classes: 0,
  noise: 0.01,
  point(draw) {
    const [a, b] = [draw.rng.normal(), draw.rng.normal()];
    return { x: [a, b], y: around(draw, [2 * a - 3.4 * b + 4.2]) };
  },
};

/** Section 4.5 of “Dive into Deep Learning”: 200 features with a weight of 0.01 each. */
const linear200: Toy = {
  classes: 0,
  noise: 0.01,
  point(draw) {
    const x = Array.from({ length: 200 }, () => draw.rng.normal());
    return { x, y: around(draw, [x.reduce((sum, feature) => sum + 0.01 * feature, 0.05)]) };
  },
};

/** Section 4.4 of “Dive into Deep Learning”: features xⁱ/i!, target the cubic 5 + 1.2x − 3.4x²/2! + 5.6x³/3!. */
const cubic = (powers: number): Toy => ({
  classes: 0,
  noise: 0.1,
  point(draw) {
    const x = draw.rng.normal();
    const features = [1];
    for (let i = 1; i < Math.max(4, powers); i++) features.push(((features[i - 1] as number) * x) / i);
    const [one = 0, first = 0, second = 0, third = 0] = features;
    return { x: features.slice(0, powers), y: around(draw, [5 * one + 1.2 * first - 3.4 * second + 5.6 * third]) };
  },
});

/** One feature in [−π, π]; the target is its sine. */
const sine: Toy = {
  classes: 0,
  noise: 0.1,
  point(draw) {
    const x = between(draw.rng, -Math.PI, Math.PI);
    return { x: [x], y: around(draw, [Math.sin(x)]) };
  },
};

const toys: Readonly<Record<string, Toy>> = {
  xor: corners((a, b) => a !== b),
  and: corners((a, b) => a && b),
  or: corners((a, b) => a || b),
  moons,
  circles,
  spirals: spiral(2),
  spirals3: spiral(3),
  blobs,
  checkerboard,
  linear,
  linear200,
  cubic2: cubic(2),
  cubic4: cubic(4),
  cubic20: cubic(20),
  sine,
};

/**
 * Two inputs, each a point in a square. Targets: whether both points are on the same side of the middle, and their
 * distance.
 */
function pairs({ count, seed }: ToyOptions): Dataset {
  const rng = random(seed, 'toy/pairs');
  const draw = () => Float32Array.from({ length: 2 * count }, () => between(rng, -1, 1));
  const [a, b] = [draw(), draw()];
  const of = (points: Float32Array, i: number) => [points[2 * i] as number, points[2 * i + 1] as number] as const;
  const same = Uint8Array.from({ length: count }, (_, i) => Number(of(a, i)[0] > 0 === of(b, i)[0] > 0));
  const distance = Float32Array.from({ length: count }, (_, i) => {
    const [[x, y], [u, v]] = [of(a, i), of(b, i)];
    return Math.hypot(x - u, y - v);
  });
  return {
    name: 'pairs',
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
export const toySets: readonly string[] = [...Object.keys(toys), 'pairs'];

/** Default number of samples of a generated dataset. */
export const toyCount = 1000;
const DEFAULTS = { count: toyCount, seed: 1 };

/** Generates the dataset with this name; null for an unknown name. */
export function toySet(name: string, options: Partial<ToyOptions> = {}): Dataset | null {
  const toy = Object.hasOwn(toys, name) ? toys[name] : undefined;
  const all = { ...DEFAULTS, noise: toy?.noise ?? 0, ...options };
  if (name === 'pairs') return pairs(all);
  if (toy === undefined) return null;
  const { count, noise, seed } = all;
  const rng = random(seed, `toy/${name}`);
  const points = Array.from({ length: count }, (_, at) => toy.point({ rng, at, count, noise }));
  const numbers = (key: keyof Point): Field => {
    const shape = [points[0]?.[key].length ?? 1];
    return { name: key, kind: 'numbers', shape, data: Float32Array.from(points.flatMap((point) => point[key])) };
  };
  const labels = (): Field => {
    const data = Uint8Array.from(points, ({ y }) => y[0] as number);
    return { name: 'y', kind: 'classes', classes: toy.classes, shape: [], data };
  };
  return { name, count, inputs: [numbers('x')], targets: [toy.classes > 0 ? labels() : numbers('y')] };
}
