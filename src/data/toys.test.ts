import { describe, expect, it } from 'vitest';
import { sampleAt } from './dataset.ts';
import { toySet, toySets } from './toys.ts';

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

  it('is the same for the same seed, and different for another', () => {
    expect(set(name)).toEqual(set(name));
    expect(set(name, { seed: 2 }).inputs).not.toEqual(inputs);
    expect(set(name, { count: 7 }).count).toBe(7);
  });
});

it('without noise has the exact shape of its name', () => {
  const exact = (name: string) => {
    const { inputs, targets } = set(name, { noise: 0, count: 40 });
    const at = (fields: typeof inputs, i: number) => [...sampleAt(fields[0] as (typeof fields)[number], i)];
    return Array.from({ length: 40 }, (_, i) => [at(inputs, i), at(targets, i)[0]] as [number[], number]);
  };
  for (const [[a, b], y] of exact('xor')) expect(y).toBe(a === b ? 0 : 1);
  for (const [[a, b], y] of exact('and')) expect(y).toBe(Number(a === 1 && b === 1));
  for (const [[a = 0, b = 0], y] of exact('circles')) expect(Math.hypot(a, b)).toBeCloseTo(y === 1 ? 0.5 : 1, 5);
  for (const [[a = 0, b = 0], y] of exact('linear')) expect(y).toBeCloseTo(2 * a - 3.4 * b + 4.2, 4);
  for (const [x, y] of exact('linear200')) expect(y).toBeCloseTo(0.05 + 0.01 * x.reduce((a, b) => a + b, 0), 4);
  for (const [[, x = 0], y] of exact('cubic20')) {
    expect(y).toBeCloseTo(5 + 1.2 * x - (3.4 * x ** 2) / 2 + (5.6 * x ** 3) / 6, 3);
  }
  for (const [[x = 0], y] of exact('sine')) expect(y).toBeCloseTo(Math.sin(x), 5);
});

it('is null for unknown names', () => {
  expect(toySet('mnist')).toBeNull();
  expect(toySet('toString')).toBeNull();
});
