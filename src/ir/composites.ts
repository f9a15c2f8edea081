import type { Builder } from './builder.ts';
import type { Value } from './program.ts';
import { nearestCells, scaleFor } from './resize.ts';
import { knownDims } from './shape.ts';
import { floatTensor } from './tensor.ts';

/** What the builder offers under one name, but ONNX says in several ops, or in other ops at other settings. */

export interface BatchNormTrain {
  readonly y: Value;
  readonly mean: Value;
  readonly variance: Value;
}

/** The settings of local response normalisation, as PyTorch names them. */
export interface LocalResponse {
  readonly size: number;
  readonly alpha: number;
  readonly beta: number;
  readonly k: number;
}

export interface ResizeOptions {
  readonly mode: 'nearest' | 'linear';
  /** The corner cells of both grids coincide (linear only). */
  readonly alignCorners?: boolean;
  /** Vertical and horizontal. */
  readonly factors?: readonly number[];
}

export function gelu(g: Builder, x: Value, approximate: 'none' | 'tanh'): Value {
  const inner = approximate === 'none' ? g.erf(g.mul(x, g.scalar(Math.SQRT1_2))) : g.tanh(cubic(g, x));
  return g.mul(g.mul(x, g.scalar(0.5)), g.add(inner, g.scalar(1)));
}

/** √(2/π)·(x + 0.044715·x³). */
function cubic(g: Builder, x: Value): Value {
  const k = Math.sqrt(2 / Math.PI);
  return g.mul(x, g.add(g.mul(g.square(x), g.scalar(0.044715 * k)), g.scalar(k)));
}

/** Batch normalisation in training without the op's training mode. */
export function batchNormParts(g: Builder, x: Value, scale: Value, bias: Value, epsilon: number): BatchNormTrain {
  const channels = g.size(x, 1);
  const axes = [...x.shape.keys()].filter((axis) => axis !== 1);
  const perChannel = (value: Value): Value => g.reshape(value, [channels, ...axes.slice(1).map(() => 1)]);
  const mean = g.reduceMean(x, axes, true);
  const centred = g.sub(x, mean);
  const variance = g.reduceMean(g.square(centred), axes, true);
  const deviation = g.sqrt(g.add(variance, g.scalar(epsilon)));
  const y = g.add(g.mul(centred, g.div(perChannel(scale), deviation)), perChannel(bias));
  return { y, mean: g.reshape(mean, [channels]), variance: g.reshape(variance, [channels]) };
}

/** (x − mean) / √(variance + epsilon) · scale + bias for x [N, C]. */
export function batchNormGiven(
  g: Builder,
  x: Value,
  given: { scale: Value; bias: Value; mean: Value; variance: Value; epsilon: number },
): Value {
  const slope = g.div(given.scale, g.sqrt(g.add(given.variance, g.scalar(given.epsilon))));
  return g.add(g.mul(g.sub(x, given.mean), slope), given.bias);
}

export function localResponseNorm(g: Builder, x: Value, settings: LocalResponse): Value {
  const { size, alpha, beta, k } = settings;
  // ONNX puts the odd channel of an even window on the other side, and the runtime has odd ones alone; and it takes no
  // factor or exponent of 0.
  if (size % 2 === 0 || alpha === 0 || beta === 0) return localResponseParts(g, x, settings);
  return g.emit('LRN', [x], { size, alpha, beta, bias: k })[0];
}

export function localResponseParts(g: Builder, x: Value, { size, alpha, beta, k }: LocalResponse): Value {
  const base = g.add(g.mul(channelMean(g, g.square(x), size), g.scalar(alpha)), g.scalar(k));
  return g.mul(x, g.exp(g.mul(g.log(base), g.scalar(-beta))));
}

/** The mean over windows of `size` channels from c − size/2 (rounded down) on; channels outside count as 0. */
export function channelMean(g: Builder, x: Value, size: number): Value {
  const [channels, ...places] = knownDims(x.shape.slice(1), `the shape of '${x.name}'`);
  const cells = places.reduce((a, b) => a * b, 1);
  const before = Math.floor(size / 2);
  const window = { kernel: [size, 1], strides: [1, 1], pads: [before, 0, size - 1 - before, 0] };
  return g.reshapeLike(g.averagePool(g.reshape(x, [0, 1, channels, cells]), window, true), x.shape);
}

export function resize(g: Builder, x: Value, size: readonly number[], options: ResizeOptions): Value {
  const { mode, alignCorners = false, factors } = options;
  const from = [g.size(x, 2), g.size(x, 3)];
  // An axis whose size stays is left as it is, whatever the factor.
  const scales = from.map((cells, i) => (size[i] === cells ? 1 : (factors?.[i] ?? size[i] / cells)));
  // At other scales Resize and PyTorch round differently, so the cells are named one by one.
  if (mode === 'nearest' && !scales.every((scale) => Number.isInteger(scale))) {
    const indices = from.map((cells, i) => nearestCells(cells, size[i], factors?.[i]));
    return g.gather(g.gather(x, g.ints(indices[0]), 2), g.ints(indices[1]), 3);
  }
  const given = floatTensor([4], [1, 1, ...scales.map((scale, i) => scaleFor(from[i], size[i], scale))]);
  const coordinates = mode === 'nearest' ? 'asymmetric' : alignCorners ? 'align_corners' : 'half_pixel';
  return g.emit('Resize', [x, null, g.constant(given, 'scales')], {
    mode,
    coordinate_transformation_mode: coordinates,
    nearest_mode: 'floor',
  })[0];
}
