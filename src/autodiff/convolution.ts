import { numberAttr, windowOf } from '../ir/attrs.ts';
import type { Builder, Window } from '../ir/builder.ts';
import type { Attrs, Value } from '../ir/program.ts';
import { floatTensor } from '../ir/tensor.ts';
import type { RuleArgs } from './rule.ts';
import { sumOverBatch, sumToChannels } from './sums.ts';

/** Column tensors up to this size fit into the cache of typical processors; larger batches are split (measured). */
const COLUMN_BYTES = 4 << 20;

const product = (sizes: readonly number[]): number => sizes.reduce((a, b) => a * b, 1);

const windowFrom = (attrs: Attrs, w: Value, g: Builder): Window => windowOf(attrs, g.sizes(w).slice(2));

/**
 * One-hot kernels [C·k, 1, kh, kw]. Convolving with them copies the elements of every window into channels (im2col).
 */
function oneHotKernels(g: Builder, channels: number, kh: number, kw: number): Value {
  const cells = kh * kw;
  const data = new Float32Array(channels * cells * cells);
  for (let i = 0; i < channels * cells; i++) data[i * cells + (i % cells)] = 1;
  return g.constant(floatTensor([channels * cells, 1, kh, kw], data), 'one_hot');
}

/**
 * x [N, C, H, W] → windows [N, C·kh·kw, OH, OW]. Kernels of 5 rows and more are processed in two stages, with 2k
 * instead of k² products per element.
 */
function columns(g: Builder, x: Value, window: Window): Value {
  const { kernel, strides, dilations, pads } = window;
  const [kh, kw] = kernel;
  const channels = g.size(x, 1);
  if (kh === 1 && kw === 1 && strides.every((s) => s === 1) && pads.every((p) => p === 0)) return x;
  if (kh < 5 || kw === 1) return g.conv(x, oneHotKernels(g, channels, kh, kw), null, window, channels);
  const rows: Window = {
    kernel: [kh, 1],
    strides: [strides[0], 1],
    dilations: [dilations[0], 1],
    pads: [pads[0], 0, pads[2], 0],
  };
  const cols: Window = {
    kernel: [1, kw],
    strides: [1, strides[1]],
    dilations: [1, dilations[1]],
    pads: [0, pads[1], 0, pads[3]],
  };
  const tall = g.conv(x, oneHotKernels(g, channels, kh, 1), null, rows, channels);
  return g.conv(tall, oneHotKernels(g, channels * kh, 1, kw), null, cols, channels * kh);
}

/**
 * dW as a convolution of x with dY as kernels, where batch and channels are exchanged and strides become dilations.
 * Null if the windows do not cover the last elements, which would have to be cropped first.
 */
function weightGradientByConvolution(g: Builder, x: Value, dy: Value, window: Window): Value | null {
  const { kernel, strides, pads, dilations } = window;
  const places = g.sizes(dy).slice(2);
  const after = kernel.map(
    (k, i) => (k - 1) * dilations[i] + (places[i] - 1) * strides[i] + 1 - g.size(x, i + 2) - pads[i],
  );
  if (after.some((pad) => pad < 0)) return null;
  const [images, errors] = [x, dy].map((value) => g.transpose(value, [1, 0, 2, 3]));
  const turned: Window = { kernel: places, strides: dilations, dilations: strides, pads: [pads[0], pads[1], ...after] };
  return g.transpose(g.conv(images, errors, null, turned), [1, 0, 2, 3]);
}

/**
 * dW: x [N, C, H, W], dy [N, F, OH, OW] → [F, C/group, kh, kw]. Targets with blocked convolutions get the simplest
 * form, which src/compile/convolutionForms.ts replaces when the program is complete.
 */
function weightGradient(g: Builder, x: Value, dy: Value, window: Window, group: number): Value {
  const plain = g.target.block > 0 && group === 1 ? weightGradientByConvolution(g, x, dy, window) : null;
  return plain ?? weightGradientByColumns(g, x, dy, window, group);
}

/** dW = Σ dY·columns(X)ᵀ over batch and positions. */
export function weightGradientByColumns(g: Builder, x: Value, dy: Value, window: Window, group: number): Value {
  const [n, channels] = g.sizes(x);
  const [, features, ...places] = g.sizes(dy);
  const p = product(places);
  const cells = product(window.kernel);
  const columnBytes = 4 * n * channels * cells * p;
  const chunks = Math.min(n, Math.ceil(columnBytes / COLUMN_BYTES));
  const sizes = Array.from(
    { length: chunks },
    (_, i) => Math.floor(((i + 1) * n) / chunks) - Math.floor((i * n) / chunks),
  );
  const xs = chunks === 1 ? [x] : g.split(x, sizes, 0);
  const dys = chunks === 1 ? [dy] : g.split(dy, sizes, 0);
  const grouped = (count: number): number[] => (group === 1 ? [count] : [group, count / group]);
  const partial = xs.map((part, i) => {
    const col = g.reshape(columns(g, part, window), [sizes[i], ...grouped(channels * cells), p]);
    const error = g.reshape(dys[i], [sizes[i], ...grouped(features), p]);
    const each = g.matMulT(error, col, { transB: true }); // [n, (group,) F/group, C/group·k]
    return sumOverBatch(g, g.reshape(each, [sizes[i], (features * channels * cells) / group]));
  });
  return g.reshape(g.sum(partial), [features, channels / group, ...window.kernel]);
}

/** Elements missing at the end of the result of ConvTranspose, because the stride does not divide the input. */
const outputPadding = (input: readonly number[], output: readonly number[], window: Window): number[] =>
  window.kernel.map((k, i) => {
    const covered = (output[i] - 1) * window.strides[i] + window.dilations[i] * (k - 1) + 1;
    return input[i] + window.pads[i] + window.pads[i + window.kernel.length] - covered;
  });

/** dX of the given `size` from dy. Replaced later like dW. */
function inputGradient(g: Builder, x: Value, w: Value, dy: Value, window: Window, group: number): Value {
  const size = g.sizes(x).slice(2);
  if (g.target.block === 0 || group !== 1) return transposedConvolution(g, size, w, dy, window, group);
  return g.convTranspose(dy, w, window, outputPadding(size, g.sizes(dy).slice(2), window), group);
}

/**
 * The transposed convolution of dY. With stride 1 and many channels, a convolution of dY with weights rotated by 180°
 * is used, which the runtime executes about twice as fast (measured).
 */
export function transposedConvolution(
  g: Builder,
  size: readonly number[],
  w: Value,
  dy: Value,
  window: Window,
  group: number,
): Value {
  const [features, perGroup] = g.sizes(w);
  const { kernel, strides, dilations, pads } = window;
  const [top, left, bottom, right] = pads;
  const reach = kernel.map((k, i) => dilations[i] * (k - 1));
  const turned: Window = {
    ...window,
    pads: [reach[0] - top, reach[1] - left, reach[0] - bottom, reach[1] - right],
  };
  const plain = strides.every((s) => s === 1) && turned.pads.every((pad) => pad >= 0);
  if (!plain || group !== 1 || features < 16 || perGroup < 16) {
    const extra = outputPadding(size, g.sizes(dy).slice(2), window);
    return g.convTranspose(dy, w, window, extra, group);
  }
  return g.conv(dy, g.transpose(halfTurn(g, w), [1, 0, 2, 3]), null, turned);
}

/** Every kernel rotated by 180°, as a product with the reversing permutation. */
function halfTurn(g: Builder, w: Value): Value {
  const [features, channels, ...kernel] = g.sizes(w);
  const cells = product(kernel);
  if (cells === 1) return w;
  const reverse = new Float32Array(cells * cells);
  for (let i = 0; i < cells; i++) reverse[i * cells + cells - 1 - i] = 1;
  const flat = g.reshape(w, [features * channels, cells]);
  return g.reshape(g.matMul(flat, g.constant(floatTensor([cells, cells], reverse), 'reverse')), g.sizes(w));
}

/** Gradients of y = Conv(x, w, b) with two spatial axes. */
export function convGradient(g: Builder, { x: [x, w, b], dy, attrs }: RuleArgs): readonly (Value | null)[] {
  const window = windowFrom(attrs, w, g);
  const group = numberAttr(attrs, 'group', 1);
  const dw = weightGradient(g, x, dy, window, group);
  const dx = inputGradient(g, x, w, dy, window, group);
  return b === undefined ? [dx, dw] : [dx, dw, sumToChannels(g, dy)];
}

/**
 * Gradients of y = ConvTranspose(x, w, b). dX is the convolution of which it is the transpose, and dW the weight
 * gradient of that convolution.
 */
export function convTransposeGradient(g: Builder, { x: [x, w, b], dy, attrs }: RuleArgs): readonly (Value | null)[] {
  const window = windowFrom(attrs, w, g);
  const group = numberAttr(attrs, 'group', 1);
  // The windows of the convolution do not reach the output padding, so it has no effect.
  const dx = g.conv(dy, w, null, window, group);
  const dw = weightGradient(g, dy, x, window, group);
  return b === undefined ? [dx, dw] : [dx, dw, sumToChannels(g, dy)];
}
