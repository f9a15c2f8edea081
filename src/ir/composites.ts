import type { Builder, Window } from './builder.ts';
import type { Value } from './program.ts';
import { nearestCells, scaleFor } from './resize.ts';
import { knownDims } from './shape.ts';
import { floatTensor } from './tensor.ts';

/**
 * Operations that the builder offers as one method, but that take several ONNX ops, or different ops depending on the
 * settings.
 */

export interface BatchNormTrain {
  readonly y: Value;
  readonly mean: Value;
  readonly variance: Value;
}

/** Settings of local response normalization, named as in PyTorch. */
export interface LocalResponse {
  readonly size: number;
  readonly alpha: number;
  readonly beta: number;
  readonly k: number;
}

export interface ResizeOptions {
  readonly mode: 'nearest' | 'linear';
  /** True if the corner elements of both grids coincide (linear mode only). */
  readonly alignCorners?: boolean;
  /** Vertical and horizontal scale factor. */
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

/** Batch normalization with statistics of the batch, without the training mode of the op. */
export function batchNormParts(g: Builder, x: Value, scale: Value, bias: Value, epsilon: number): BatchNormTrain {
  const channels = g.size(x, 1);
  const axes = [...x.shape.keys()].filter((axis) => axis !== 1);
  const perChannel = (value: Value): Value => g.reshape(value, [channels, ...axes.slice(1).map(() => 1)]);
  const mean = g.reduceMean(x, axes, true);
  const centered = g.sub(x, mean);
  const variance = g.reduceMean(g.square(centered), axes, true);
  const deviation = g.sqrt(g.add(variance, g.scalar(epsilon)));
  const y = g.add(g.mul(centered, g.div(perChannel(scale), deviation)), perChannel(bias));
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

export function averagePool(g: Builder, x: Value, window: Omit<Window, 'dilations'>, countIncludePad: boolean): Value {
  const { kernel, strides, pads } = window;
  const [top, left, bottom, right] = pads;
  // From opset 19 on, onnxruntime 1.21 counts cells correctly only if padding is equal on all sides.
  if (countIncludePad && pads.some((cells) => cells !== top)) {
    const padded = g.pad(x, [0, 0, top, left], [0, 0, bottom, right]);
    return averagePool(g, padded, { kernel, strides, pads: [0, 0, 0, 0] }, true);
  }
  const attrs = { kernel_shape: kernel, strides, pads, count_include_pad: Number(countIncludePad) };
  return g.emit('AveragePool', [x], attrs)[0];
}

export function layerNorm(
  g: Builder,
  x: Value,
  scale: Value,
  bias: Value | null,
  axis: number,
  epsilon: number,
): Value {
  const normalized = (y: Value): Value =>
    g.emit('LayerNormalization', bias === null ? [y, scale] : [y, scale, bias], { axis, epsilon })[0];
  if (g.target.exactLayerNorm) return normalized(x);
  const axes = [...x.shape.keys()].slice(axis);
  // onnxruntime 1.21 refuses a single number, which equals its mean.
  if (axes.every((at) => x.shape[at] === 1)) {
    const scaled = g.mul(g.sub(x, x), scale);
    return bias === null ? scaled : g.add(scaled, bias);
  }
  // The runtime computes the variance as mean(x²) − mean(x)², which is accurate only if the mean is 0.
  return normalized(g.sub(x, g.reduceMean(x, axes, true)));
}

export function localResponseNorm(g: Builder, x: Value, settings: LocalResponse): Value {
  const { size, alpha, beta, k } = settings;
  // In an even window, ONNX puts the additional channel on the other side. The runtime supports only odd windows, and
  // no factor or exponent of 0.
  if (size % 2 === 0 || alpha === 0 || beta === 0) return localResponseParts(g, x, settings);
  return g.emit('LRN', [x], { size, alpha, beta, bias: k })[0];
}

export function localResponseParts(g: Builder, x: Value, { size, alpha, beta, k }: LocalResponse): Value {
  const base = g.add(g.mul(channelMean(g, g.square(x), size), g.scalar(alpha)), g.scalar(k));
  return g.mul(x, g.exp(g.mul(g.log(base), g.scalar(-beta))));
}

/** Mean over a window of `size` channels that begins at c − size/2, rounded down. Channels outside count as 0. */
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
  // An axis that keeps its size is not resampled, whatever the factor.
  const scales = from.map((cells, i) => (size[i] === cells ? 1 : (factors?.[i] ?? size[i] / cells)));
  // At other scales, Resize and PyTorch round differently, so the elements are gathered by index.
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
