import type { Builder } from '../ir/builder.ts';
import type { Value } from '../ir/program.ts';
import { floatTensor } from '../ir/tensor.ts';

/**
 * Sums [N, L] over its first axis to [1, L], as a product with a row of ones: many times faster than ReduceSum
 * (measured).
 */
export function sumOverBatch(g: Builder, x: Value): Value {
  const [n] = g.sizes(x);
  if (n === 1) return x;
  return g.matMul(g.constant(floatTensor([1, n], new Float32Array(n).fill(1)), 'ones'), x);
}

/** Sums [N, C, ..] over batch and positions to [C]. Two stages are faster than one over all axes (measured). */
export function sumToChannels(g: Builder, x: Value): Value {
  const places = x.shape.flatMap((_, axis) => (axis < 2 ? [] : [axis]));
  if (places.length === 0) return g.reshape(sumOverBatch(g, x), [-1]);
  return g.reduceSum(g.reduceSum(x, places), [0]);
}
