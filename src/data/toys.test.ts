import { describe, expect, it } from 'vitest';
import { random } from '../random/philox.ts';
import { sampleAt } from './dataset.ts';
import { readToySource, toyOf, toyProblem, toySet, toySource } from './toySource.ts';
import { toyDefaults, toySets, toyTitle } from './toys.ts';

const set = (...args: Parameters<typeof toySet>) => toySet(...args) as NonNullable<ReturnType<typeof toySet>>;

describe.each(toySets)('%s', (name) => {
  const { count, inputs, targets } = set(name);

  it('has 1000 finite samples with balanced classes', () => {
    expect(count).toBe(1000);
    for (const { data, shape } of [...inputs, ...targets]) {
      expect(data.length).toBe(count * shape.reduce((a: number, b: number) => a * b, 1));
      expect(data.every((x) => Number.isFinite(x) && Math.abs(x) < 300)).toBe(true);
    }
    const [answers] = targets;
    if (answers?.kind !== 'classes' || name === 'and' || name === 'or') return;
    const members = Array.from({ length: answers.classes }, (_, k) => answers.data.filter((y) => y === k).length);
    for (const number of members) expect(Math.abs(number - count / answers.classes)).toBeLessThan(60);
  });

  it('is the same for the same settings, and different for others', () => {
    expect(set(name)).toEqual(set(name));
    expect(set(`${name}:seed=2`).inputs).not.toEqual(inputs);
    expect(set(`${name}:samples=17`).count).toBe(17);
    const [quiet, loud] = [set(`${name}:noise=0`), set(`${name}:noise=1.5`)];
    expect({ ...loud, inputs: [], targets: [] }).toEqual({ ...quiet, inputs: [], targets: [] });
    const values = ({ inputs: ins, targets: outs }: typeof loud) => [...ins, ...outs].map(({ data }) => data);
    expect(values(loud)).not.toEqual(values(quiet));
  });

  it('has a title in both languages', () => {
    expect(toyTitle(name).en.length).toBeGreaterThan(1);
    expect(toyTitle(name).zh.length).toBeGreaterThan(1);
  });
});

/** Sums of the values, each weighted by a number of its place: other bits give another sum. */
function fingerprint(name: string): number {
  const rng = random(1, 'fingerprint');
  const { inputs, targets } = set(name);
  let sum = 0;
  for (const { data } of [...inputs, ...targets]) for (const value of data) sum += value * rng.uniform();
  return sum;
}

it.each([
  ['xor', 742.4935561056831],
  ['and', 632.3461978628394],
  ['or', 875.1860491341188],
  ['moons', 635.0785936863318],
  ['circles', 255.24165418849972],
  ['spirals', 264.53789383956763],
  ['spirals3', 515.2557506031874],
  ['blobs', 498.2550440046284],
  ['checkerboard', 186.19324986912034],
  ['linear', 2126.012156199209],
  ['linear200', -174.18660637528717],
  ['cubic2', 2124.939456286133],
  ['cubic4', 2257.650228676142],
  ['cubic20', 2432.7308666350177],
  ['sine', -2.7703044408000883],
  ['pairs', 760.8967928434895],
])('%s without settings keeps its values from version to version', (name, sum) => {
  expect(fingerprint(name)).toBeCloseTo(sum, 9);
});

it('without noise has the exact shape of its name', () => {
  const exact = (name: string) => {
    const { inputs, targets } = set(`${name}:noise=0,samples=40`);
    const at = (fields: typeof inputs, i: number) => [...sampleAt(fields[0] as (typeof fields)[number], i)];
    return Array.from({ length: 40 }, (_, i) => [at(inputs, i), at(targets, i)[0]] as [number[], number]);
  };
  for (const [[a, b], y] of exact('xor')) expect(y).toBe(a === b ? 0 : 1);
  for (const [[a, b], y] of exact('and')) expect(y).toBe(Number(a === 1 && b === 1));
  for (const [[a, b], y] of exact('or')) expect(y).toBe(Number(a === 1 || b === 1));
  for (const [[a = 0, b = 0], y] of exact('moons')) {
    expect(y === 0 ? Math.hypot(a, b) : Math.hypot(1 - a, 0.5 - b)).toBeCloseTo(1, 5);
  }
  for (const [[a = 0, b = 0], y] of exact('circles')) expect(Math.hypot(a, b)).toBeCloseTo(y === 1 ? 0.5 : 1, 5);
  for (const [[a = 0, b = 0], y] of exact('blobs')) {
    expect([a, b].map((value) => value.toFixed(4))).toEqual(
      [2 * Math.cos((2 * Math.PI * y) / 3), 2 * Math.sin((2 * Math.PI * y) / 3)].map((value) => value.toFixed(4)),
    );
  }
  for (const [[a = 0, b = 0], y] of exact('checkerboard')) expect(Math.abs(Math.floor(a) + Math.floor(b)) % 2).toBe(y);
  for (const [[a = 0, b = 0], y] of exact('linear')) expect(y).toBeCloseTo(2 * a - 3.4 * b + 4.2, 4);
  for (const [x, y] of exact('linear200')) expect(y).toBeCloseTo(0.05 + 0.01 * x.reduce((a, b) => a + b, 0), 4);
  for (const [[, x = 0], y] of exact('cubic20')) {
    expect(y).toBeCloseTo(5 + 1.2 * x - (3.4 * x ** 2) / 2 + (5.6 * x ** 3) / 6, 3);
  }
  for (const [[x = 0], y] of exact('sine')) expect(y).toBeCloseTo(Math.sin(x), 5);
});

it('noise is the standard deviation', () => {
  const deviation = (name: string, of: (x: number[], y: number) => number) => {
    const { inputs, targets, count } = set(`${name}:noise=0.4,samples=4000`);
    const all = Array.from({ length: count }, (_, i) =>
      of([...sampleAt(inputs[0] as (typeof inputs)[0], i)], sampleAt(targets[0] as (typeof inputs)[0], i)[0] as number),
    );
    return Math.sqrt(all.reduce((sum, value) => sum + value ** 2, 0) / count);
  };
  expect(deviation('linear', ([a = 0, b = 0], y) => y - (2 * a - 3.4 * b + 4.2))).toBeCloseTo(0.4, 1);
  expect(deviation('sine', ([x = 0], y) => y - Math.sin(x))).toBeCloseTo(0.4, 1);
  expect(deviation('blobs', ([x = 0], y) => x - 2 * Math.cos((2 * Math.PI * y) / 3))).toBeCloseTo(0.4, 1);
  const [clear, moved] = ['checkerboard', 'checkerboard:noise=0.4'].map((name) => set(name));
  expect(moved?.targets).toEqual(clear?.targets);
});

describe('sources', () => {
  it.each([
    ['moons', { name: 'moons', count: 1000, noise: 0.1, seed: 1 }],
    ['moons:noise=0.2,samples=500,seed=3', { name: 'moons', count: 500, noise: 0.2, seed: 3 }],
    ['xor: seed = 0 , noise=0', { name: 'xor', count: 1000, noise: 0, seed: 0 }],
    ['pairs:samples=1e2', { name: 'pairs', count: 100, noise: 0, seed: 1 }],
  ])('%s', (source, toy) => {
    expect(readToySource(source)).toEqual(toy);
    expect(readToySource(toySource(toy))).toEqual(toy);
  });

  it('leave out what is the default', () => {
    expect(toySource({ name: 'moons', ...toyDefaults('moons') })).toBe('moons');
    expect(toySource({ name: 'moons', ...toyDefaults('moons'), noise: 0 })).toBe('moons:noise=0');
  });

  it.each([
    ['moons:noise=loud', /noise must be a number from 0 to 2, not “loud”/],
    ['moons:noise=', /noise must be a number/],
    ['moons:noise=-0.1', /noise must be/],
    ['moons:noise=NaN', /noise must be/],
    ['moons:samples=2.5', /samples must be a whole number from 10 to 100000/],
    ['moons:samples=1e9', /samples must be/],
    ['moons:seed=-1', /seed must be/],
    ['moons:nois=1', /Did you mean noise/],
    ['moons:', /none of noise, samples, seed/],
    ['moons:noise=1=2', /noise must be/],
    ['moons:noise=1:seed=2', /noise must be/],
  ])('%s says its mistake', (source, message) => {
    expect(toyProblem(source)?.en).toMatch(message);
    expect(toyOf(source)).toBeNull();
    expect(toySet(source)).toBeNull();
  });

  it.each(['mnist', 'toString', 'C:\\moons', 'cubes:noise=1', ''])('%j is none', (source) => {
    expect(readToySource(source)).toBeNull();
    expect(toySet(source)).toBeNull();
  });
});
