import { fileURLToPath } from 'node:url';
import { describe, expect, it, test } from 'vitest';
import { openCases } from '../engine/golden/cases.ts';
import { initOf } from '../engine/golden/settings.ts';
import { elementCount } from '../ir/tensor.ts';
import { random } from '../random/philox.ts';
import { fansOf, gainOf, type InitSpec, initializerOf, sample, WEIGHT_INITS, weightInit } from './initializers.ts';

const set = await openCases(fileURLToPath(new URL('../../testdata/golden/cases.json', import.meta.url)));

function moments(data: Float32Array): { mean: number; std: number } {
  const mean = data.reduce((sum, x) => sum + x, 0) / data.length;
  const variance = data.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (data.length - 1);
  return { mean, std: Math.sqrt(variance) };
}

describe('golden cases', () => {
  test.each(set.cases.filter(({ group }) => group === 'initialiser'))('$id', (golden) => {
    if (golden.group !== 'initialiser') throw new Error('filtered');
    const { kind, hyper, shape, expect: expected, margin } = golden;
    const init = initializerOf(initOf(kind, hyper), shape);
    // The parameters of the distribution are exact.
    if (init.kind === 'uniform') {
      expect(init.low).toBeCloseTo(expected.low as number, 14);
      expect(init.high).toBeCloseTo(expected.high as number, 14);
    }
    if (init.kind === 'normal')
      expect([init.mean, init.std]).toEqual([expected.mean, expect.closeTo(expected.std, 14)]);
    // The drawn values lie within five standard errors of the mean and variance, for several seeds.
    for (const seed of [1, 2, 3]) {
      const data = sample(init, elementCount(shape), random(seed, golden.id));
      const { mean, std } = moments(data);
      expect(Math.abs(mean - expected.mean)).toBeLessThanOrEqual(margin.mean);
      expect(Math.abs(std - expected.std)).toBeLessThanOrEqual(margin.std);
      for (const x of data) {
        expect(x).toBeGreaterThanOrEqual(Math.fround(expected.low ?? x));
        expect(x).toBeLessThanOrEqual(Math.fround(expected.high ?? x));
      }
    }
    if (expected.fan_in === undefined) return;
    expect(fansOf(shape)).toEqual({ fanIn: expected.fan_in, fanOut: expected.fan_out });
  });
});

describe('initializerOf', () => {
  it('has the defaults of torch.nn.init', () => {
    const shape = [8, 6, 3, 3];
    const same: [InitSpec, InitSpec][] = [
      [{ kind: 'xavierUniform' }, { kind: 'xavierUniform', gain: 1 }],
      [{ kind: 'kaimingNormal' }, { kind: 'kaimingNormal', mode: 'fanIn', nonlinearity: 'leakyRelu', a: 0 }],
      [{ kind: 'kaimingUniform' }, { kind: 'kaimingUniform', nonlinearity: 'relu' }],
    ];
    for (const [short, long] of same) expect(initializerOf(short, shape)).toEqual(initializerOf(long, shape));
  });

  it("has PyTorch's default for layers, which is Kaiming with a slope of √5", () => {
    const [torch, kaiming] = [{ kind: 'torch' } as const, { kind: 'kaimingUniform', a: Math.sqrt(5) } as const].map(
      (spec) => initializerOf(spec, [16, 6, 5, 5]),
    );
    expect(torch).toEqual({ kind: 'uniform', low: -1 / Math.sqrt(150), high: 1 / Math.sqrt(150) });
    if (kaiming?.kind === 'uniform') expect(kaiming.high).toBeCloseTo(1 / Math.sqrt(150), 14);
  });

  it('has the gains of torch.nn.init.calculate_gain', () => {
    const gains = (['linear', 'sigmoid', 'tanh', 'relu', 'leakyRelu', 'selu'] as const).map((name) => gainOf(name));
    expect(gains).toEqual([1, 1, 5 / 3, Math.SQRT2, Math.sqrt(2 / 1.0001), 0.75]);
  });
});

test.each(WEIGHT_INITS)('%s gives finite weights', (kind) => {
  const data = sample(weightInit(kind, [20, 10]), 200, random(1, kind));
  expect(data.every(Number.isFinite)).toBe(true);
  expect(new Set(data).size).toBe(kind === 'zeros' ? 1 : 200);
});
