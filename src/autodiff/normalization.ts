import { numberAttr } from '../ir/attrs.ts';
import type { Builder } from '../ir/builder.ts';
import { channelMean } from '../ir/composites.ts';
import type { Value } from '../ir/program.ts';
import { axisOf } from '../ir/shape.ts';
import { floatTensor } from '../ir/tensor.ts';
import type { RuleArgs } from './rule.ts';
import { sumToChannels } from './sums.ts';

const EPSILON = 1e-5;

/** Reshapes a vector [C] to [C, 1, ..], which broadcasts with x [N, C, ..]. */
const perChannel = (g: Builder, vector: Value, x: Value): Value =>
  g.reshape(vector, [g.size(x, 1), ...x.shape.slice(2).map(() => 1)]);

const inverseDeviation = (g: Builder, variance: Value, epsilon: number): Value =>
  g.div(g.scalar(1), g.sqrt(g.add(variance, g.scalar(epsilon))));

/**
 * Gradients of y = (x − mean)·istd·scale + bias. With given statistics, dx = dy·scale·istd. With statistics of the
 * batch over M values per channel, dx = scale·istd·(dy − Σdy/M − x̂·Σ(dy·x̂)/M), which is a·dy + b·(x − mean) + k with
 * three coefficients per channel. A product and a sum per channel are emitted as one inference BatchNormalization, the
 * fastest form in the runtime (measured).
 */
export function batchNormalizationGradient(g: Builder, { x: inputs, y, dy, attrs }: RuleArgs): (Value | null)[] {
  const [x, scale, , givenMean, givenVariance] = inputs;
  const training = numberAttr(attrs, 'training_mode', 0) === 1;
  const [mean, variance] = training ? [y[1], y[2]] : [givenMean, givenVariance];
  const istd = inverseDeviation(g, variance, numberAttr(attrs, 'epsilon', EPSILON));
  const dBias = sumToChannels(g, dy);
  const channels = g.size(x, 1);
  const constant = (value: number): Value =>
    g.constant(floatTensor([channels], new Float32Array(channels).fill(value)), 'channels');
  const [zeros, ones] = [constant(0), constant(1)];
  const matrix = x.shape.length === 2;
  // Subtracts the mean, and then the rounding error of the mean: the values of a channel may be far from 0 compared to
  // their deviation.
  const centered = matrix ? g.sub(x, mean) : g.batchNorm(x, ones, zeros, mean, ones, 0);
  const share = g.scalar(channels / g.sizes(x).reduce((p, q) => p * q, 1));
  const along = sumToChannels(g, g.mul(dy, centered));
  const rest = (): Value => g.mul(g.mul(sumToChannels(g, centered), share), dBias);
  const dScale = g.mul(istd, training ? g.sub(along, rest()) : along);
  const a = g.mul(scale, istd);
  const direct = g.mul(dy, perChannel(g, a, x));
  if (!training) return [direct, dScale, dBias, null, null];
  const b = g.neg(g.mul(g.mul(a, istd), g.mul(dScale, share)));
  const k = g.neg(g.mul(g.mul(a, dBias), share));
  const through = matrix ? g.add(g.mul(centered, b), k) : g.batchNorm(centered, b, k, zeros, ones, 0);
  return [g.add(direct, through), dScale, dBias, null, null];
}

/** dx = istd·(d − mean(d) − x̂·mean(d·x̂)) with d = dy·scale and means over the normalized axes. */
export function layerNormalizationGradient(g: Builder, { x: inputs, y, dy, attrs }: RuleArgs): (Value | null)[] {
  const [x, scale] = inputs;
  const [, mean, istd] = y;
  const rank = x.shape.length;
  const first = axisOf(numberAttr(attrs, 'axis', -1), rank);
  const axes = Array.from({ length: rank - first }, (_, i) => first + i);
  const normal = g.mul(g.sub(x, mean), istd);
  const d = g.mul(dy, scale);
  const along = g.mul(normal, g.reduceMean(g.mul(d, normal), axes, true));
  const dx = g.mul(istd, g.sub(g.sub(d, g.reduceMean(d, axes, true)), along));
  return [dx, g.mul(dy, normal), dy].slice(0, inputs.length);
}

/**
 * For y = x·b^−β with b = k + α·(mean of x² over the window of channels), dx = dy·b^−β − 2αβ·x·(mean of dy·y/b over
 * the windows that contain the channel).
 */
export function lrnGradient(g: Builder, { x: [x], y: [y], dy, attrs }: RuleArgs): Value[] {
  const size = numberAttr(attrs, 'size', 1);
  const [alpha, beta] = [numberAttr(attrs, 'alpha', 1e-4), numberAttr(attrs, 'beta', 0.75)];
  const squares = channelMean(g, g.square(x), size);
  const base = g.add(g.mul(squares, g.scalar(alpha)), g.scalar(numberAttr(attrs, 'bias', 1)));
  const direct = g.mul(dy, g.exp(g.mul(g.log(base), g.scalar(-beta))));
  const through = channelMean(g, g.div(g.mul(dy, y), base), size);
  return [g.sub(direct, g.mul(g.mul(x, through), g.scalar(2 * alpha * beta)))];
}
