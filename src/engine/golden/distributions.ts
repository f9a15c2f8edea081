import { elementCount } from '../../ir/tensor.ts';
import { fansOf, initializerOf, sample } from '../../layers/initializers.ts';
import { random } from '../../random/philox.ts';
import type { CaseOf, CaseTensors } from './cases.ts';
import { Comparison, type ComparisonResult, ratio } from './compare.ts';
import { initOf } from './settings.ts';

/** Errors of mean, standard deviation and bounds of one sample, relative to the tolerance of the case. */
export function runInitializer(test: CaseOf<'initialiser'>, tensors: CaseTensors): ComparisonResult {
  const { shape, expect, margin } = test;
  const init = initializerOf(initOf(test.kind, test.hyper), shape);
  const count = elementCount(shape);
  const drawn = sample(init, count, random(1, test.id));
  const mean = drawn.reduce((sum, x) => sum + x, 0) / count;
  const variance = drawn.reduce((sum, x) => sum + (x - mean) ** 2, 0) / Math.max(1, count - 1);
  const comparison = new Comparison(tensors, test);
  comparison.share('mean', ratio(Math.abs(mean - expect.mean), margin.mean));
  comparison.share('std', ratio(Math.abs(Math.sqrt(variance) - expect.std), margin.std));
  // The bounds are rounded to float32.
  const slack = 1e-6 * Math.max(Math.abs(expect.low ?? 0), Math.abs(expect.high ?? 0));
  const outside = drawn.some((x) => x < (expect.low ?? x) - slack || x > (expect.high ?? x) + slack);
  if (outside) comparison.share('bounds', Number.POSITIVE_INFINITY);
  const { fanIn, fanOut } = fansOf(shape);
  const { fan_in = fanIn, fan_out = fanOut } = expect;
  if (fan_in !== fanIn || fan_out !== fanOut) comparison.share('fans', Number.POSITIVE_INFINITY);
  return comparison.result();
}
