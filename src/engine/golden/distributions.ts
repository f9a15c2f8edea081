import { elementCount } from '../../ir/tensor.ts';
import { type Initialiser, sample, type WeightInit, weightInit } from '../../layers/initialisers.ts';
import { random } from '../../random/philox.ts';
import type { CaseOf, CaseTensors } from './cases.ts';
import { type Compared, Comparison, ratio } from './compare.ts';
import { Unsupported } from './draw.ts';

const WEIGHT_INITS: Readonly<Record<string, WeightInit>> = {
  xavier_uniform: 'xavierUniform',
  xavier_normal: 'xavierNormal',
  kaiming_uniform: 'kaimingUniform',
  kaiming_normal: 'kaimingNormal',
};

function initialiserOf({ kind, hyper, shape }: CaseOf<'initialiser'>): Initialiser {
  const { gain, a, b, mode, nonlinearity, mean, std, value } = hyper as Record<string, number | string | undefined>;
  const named = WEIGHT_INITS[kind];
  if (named !== undefined) {
    const plain = gain === 1 || (a === 0 && mode === 'fan_in' && nonlinearity === 'relu');
    if (!plain) throw new Unsupported(`${kind} with ${JSON.stringify(hyper)}`);
    return weightInit(named, shape);
  }
  if (kind === 'zeros') return { kind };
  if (kind === 'constant') return { kind, value: Number(value) };
  if (kind === 'normal' && mean === 0) return { kind, std: Number(std) };
  if (kind === 'uniform' && a === -Number(b)) return { kind, bound: Number(b) };
  throw new Unsupported(`initialiser '${kind}' with ${JSON.stringify(hyper)}`);
}

/** Mean, deviation and bounds of one draw, as shares of the margin that the case allows. */
export function runInitialiser(test: CaseOf<'initialiser'>, tensors: CaseTensors): Compared {
  const { shape, expect, margin } = test;
  const init = initialiserOf(test);
  const count = elementCount(shape);
  const drawn = sample(init, count, random(1, test.id));
  const mean = drawn.reduce((sum, x) => sum + x, 0) / count;
  const variance = drawn.reduce((sum, x) => sum + (x - mean) ** 2, 0) / Math.max(1, count - 1);
  const comparison = new Comparison(tensors, test);
  comparison.share('mean', ratio(Math.abs(mean - expect.mean), margin.mean));
  comparison.share('std', ratio(Math.abs(Math.sqrt(variance) - expect.std), margin.std));
  // float32 rounds the bounds themselves.
  const slack = 1e-6 * Math.max(Math.abs(expect.low ?? 0), Math.abs(expect.high ?? 0));
  const outside = drawn.some((x) => x < (expect.low ?? x) - slack || x > (expect.high ?? x) + slack);
  if (outside) comparison.share('bounds', Number.POSITIVE_INFINITY);
  return comparison.result();
}
