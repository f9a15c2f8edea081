import { Builder } from './builder.ts';
import type { Dense } from './dense.ts';
import type { OpName } from './ops.ts';
import type { Attrs, Program, Value } from './program.ts';
import { PORTABLE } from './target.ts';
import { type DType, elementCount, floatTensor, intTensor, type Tensor } from './tensor.ts';

/**
 * Test cases of every op that all providers support, for the unit tests and for the test of a provider (netloom
 * providers
 * --ops).
 */

/** An input of a case: a fed value, a constant of the program, or an omitted input. */
type Input = { readonly dtype: DType; readonly feed: Dense } | Tensor | null;

/** Op, subject of the case, inputs, attributes, number of compared outputs (default 1). */
export type OpCase = readonly [op: OpName, about: string, inputs: readonly Input[], attrs?: Attrs, outputs?: number];

/** Pseudorandom values in [low, high), the same in every run. */
const scattered = (count: number, low: number, high: number): number[] =>
  Array.from({ length: count }, (_, i) => {
    const x = Math.abs(Math.sin((i + 1) * 12.9898) * 43758.5453);
    return Math.fround(low + (high - low) * (x - Math.floor(x)));
  });

const feed = (dtype: DType, shape: readonly number[], data: readonly number[]): Input => ({
  dtype,
  feed: { shape, data: Float64Array.from(data) },
});
export const float = (shape: readonly number[], low = -2, high = 2): Input =>
  feed('float32', shape, scattered(elementCount(shape), low, high));
const floats = (shape: readonly number[], data: readonly number[]): Input => feed('float32', shape, data);
const ints = (shape: readonly number[], data: readonly number[]): Input => feed('int64', shape, data);
const int32s = (shape: readonly number[], data: readonly number[]): Input => feed('int32', shape, data);
const bools = (shape: readonly number[], data: readonly number[]): Input => feed('bool', shape, data);
/** A constant int64 vector. */
const list = (...values: number[]): Tensor => intTensor([values.length], values);

const window2d = (kernel: readonly number[], strides: readonly number[], pads: readonly number[]): Attrs => ({
  kernel_shape: kernel,
  strides,
  pads,
});
export const conv = (kernel: number[], strides: number[], pads: number[], dilations = [1, 1], group = 1): Attrs => ({
  ...window2d(kernel, strides, pads),
  dilations,
  group,
});

/** Scale, bias, mean and variance of a normalization. */
const perChannel = (channels: number): Input[] => [
  float([channels]),
  float([channels]),
  float([channels]),
  float([channels], 0.5, 2),
];
const training: Attrs = { epsilon: 1e-3, momentum: 0.75, training_mode: 1 };
const nearest: Attrs = { mode: 'nearest', coordinate_transformation_mode: 'asymmetric', nearest_mode: 'floor' };
const linear = (coordinates: string): Attrs => ({ mode: 'linear', coordinate_transformation_mode: coordinates });

export const opCases: readonly OpCase[] = [
  ['Add', 'broadcast both ways', [float([3, 1]), float([2, 1, 4])]],
  ['Add', 'int64', [ints([2], [1, -2]), ints([], [5])]],
  ['Sub', 'scalar', [float([2, 3]), float([])]],
  ['Mul', 'row', [float([2, 3]), float([3])]],
  ['Div', 'column', [float([2, 3]), float([2, 1], 1, 2)]],
  ['Div', 'integers, rounded towards zero', [ints([4], [7, -7, 7, -7]), ints([4], [2, 2, -2, -2])]],
  ['Neg', '', [float([2, 3])]],
  ['Exp', '', [float([2, 3])]],
  ['Log', '', [float([2, 3], 0.5, 3)]],
  ['Sqrt', '', [float([2, 3], 0.5, 3)]],
  ['Relu', '', [floats([5], [-2, -0.5, 0, 0.5, 2])]],
  ['Sigmoid', '', [float([2, 3], -6, 6)]],
  ['Tanh', '', [float([2, 3])]],
  ['Identity', '', [float([2, 3])]],
  ['HardSigmoid', 'defaults', [float([2, 3, 4], -4, 4)]],
  ['HardSigmoid', 'alpha, beta', [float([2, 3, 4], -4, 4)], { alpha: 1 / 6, beta: 0.5 }],
  ['Abs', '', [floats([4], [-2, -0.5, 0, 3])]],
  ['Abs', 'integers', [ints([3], [-2, 0, 3])]],
  ['Sign', '', [floats([5], [-2, -1e-30, 0, 1e-30, 3])]],
  ['Erf', '', [float([40], -5, 5)]],
  ['Softplus', '', [float([20], -5, 5)]],
  ['Softplus', 'large arguments', [floats([4], [-500, -20, 20, 500])]],
  ['LeakyRelu', 'default', [float([5])]],
  ['LeakyRelu', 'alpha', [floats([5], [-2, -0.5, 0, 0.5, 2])], { alpha: 0.3 }],
  ['Elu', 'default', [float([20])]],
  ['Elu', 'alpha', [floats([5], [-50, -0.5, 0, 0.5, 2])], { alpha: 0.3 }],
  ['PRelu', 'a slope for each channel', [float([2, 3, 4, 5]), float([3, 1, 1])]],
  ['PRelu', 'one slope', [float([2, 3]), float([1])]],
  ['Max', 'one', [float([2, 3])]],
  ['Max', 'two, a scalar', [float([2, 3]), float([])]],
  ['Max', 'three, broadcast', [float([2, 3]), float([3]), float([2, 1])]],
  ['Max', 'integers', [ints([3], [-2, 0, 3]), ints([], [0])]],
  ['Min', 'two, broadcast', [float([3, 1]), float([2, 1, 4])]],
  ['Min', 'three, broadcast', [float([2, 3]), float([3]), float([2, 1])]],
  ['Sum', 'one', [float([2, 3])]],
  ['Sum', 'more inputs than one chunk', Array.from({ length: 95 }, () => float([2]))],
  ['Sum', 'three, broadcast', [float([2, 3]), float([3]), float([2, 1])]],
  ['Equal', 'integers', [ints([4], [1, 2, 3, 4]), ints([4], [1, 0, 3, 0])]],
  ['Equal', 'floats', [floats([3], [1, 2, 3]), floats([], [2])]],
  ['Greater', '', [floats([3], [1, 2, 3]), floats([3], [2, 2, 2])]],
  ['Less', '', [floats([3], [1, 2, 3]), floats([], [2])]],
  ['Less', 'integers', [ints([3], [1, 2, 3]), ints([3], [2, 2, 2])]],
  ['Not', '', [bools([2], [0, 1])]],
  ['Where', 'broadcast', [bools([3, 1], [1, 0, 1]), float([2]), float([3, 2])]],
  ['Cast', 'float to int truncates', [floats([4], [-1.7, -0.2, 0.9, 2.5])], { to: 'int64' }],
  ['Cast', 'float to bool', [floats([3], [0, 0.5, -1])], { to: 'bool' }],
  ['Cast', 'bool to float', [bools([2], [0, 1])], { to: 'float32' }],
  ['Cast', 'int to int32', [ints([2], [-3, 4])], { to: 'int32' }],
  ['MatMul', 'matrices', [float([2, 3]), float([3, 4])]],
  ['MatMul', 'batch broadcast', [float([2, 1, 2, 3]), float([3, 3, 4])]],
  ['Gemm', 'without C', [float([2, 3]), float([3, 4])]],
  ['Gemm', 'C a row', [float([2, 3]), float([3, 4]), float([4])]],
  ['Gemm', 'column C, alpha, beta', [float([2, 3]), float([3, 4]), float([2, 1])], { alpha: 0.5, beta: 2 }],
  ['Gemm', 'transA', [float([3, 2]), float([3, 4]), float([4])], { transA: 1 }],
  ['Gemm', 'transB', [float([2, 3]), float([4, 3]), float([])], { transB: 1 }],
  ['Gemm', 'both', [float([3, 2]), float([4, 3]), float([2, 4])], { transA: 1, transB: 1, alpha: 1, beta: 1 }],
  ['Conv', 'defaults', [float([1, 1, 4, 5]), float([1, 1, 3, 2])]],
  ['Conv', 'bias', [float([2, 3, 5, 5]), float([4, 3, 3, 3]), float([4])], conv([3, 3], [1, 1], [1, 1, 1, 1])],
  ['Conv', 'stride with remainder', [float([1, 2, 6, 7]), float([3, 2, 3, 3])], conv([3, 3], [2, 3], [0, 0, 0, 0])],
  ['Conv', 'asymmetric pads', [float([1, 2, 4, 4]), float([2, 2, 2, 3])], conv([2, 3], [1, 2], [0, 1, 2, 3])],
  ['Conv', 'dilations', [float([1, 2, 7, 8]), float([2, 2, 3, 2])], conv([3, 2], [1, 1], [1, 0, 1, 0], [2, 3])],
  [
    'Conv',
    'two groups',
    [float([2, 4, 5, 5]), float([6, 2, 3, 3]), float([6])],
    conv([3, 3], [2, 2], [1, 1, 1, 1], [1, 1], 2),
  ],
  ['Conv', 'depthwise', [float([1, 3, 5, 5]), float([6, 1, 3, 3])], conv([3, 3], [1, 1], [1, 1, 1, 1], [1, 1], 3)],
  ['Conv', 'one axis', [float([1, 2, 7]), float([3, 2, 3])], { strides: [2], pads: [1, 1] }],
  ['ConvTranspose', 'defaults', [float([1, 2, 3, 3]), float([2, 3, 2, 2])]],
  [
    'ConvTranspose',
    'bias, stride',
    [float([2, 2, 3, 3]), float([2, 3, 3, 3]), float([3])],
    conv([3, 3], [2, 2], [1, 1, 1, 1]),
  ],
  [
    'ConvTranspose',
    'output padding',
    [float([1, 2, 3, 4]), float([2, 1, 3, 3])],
    { ...conv([3, 3], [2, 3], [1, 1, 1, 1]), output_padding: [1, 2] },
  ],
  ['ConvTranspose', 'asymmetric pads', [float([1, 2, 4, 4]), float([2, 2, 3, 2])], conv([3, 2], [1, 2], [0, 1, 2, 0])],
  [
    'ConvTranspose',
    'dilations',
    [float([1, 2, 3, 3]), float([2, 2, 3, 2])],
    conv([3, 2], [2, 1], [1, 0, 0, 1], [2, 3]),
  ],
  [
    'ConvTranspose',
    'two groups',
    [float([2, 4, 3, 3]), float([4, 3, 2, 2])],
    conv([2, 2], [2, 2], [0, 0, 0, 0], [1, 1], 2),
  ],
  [
    'ConvTranspose',
    'depthwise',
    [float([1, 3, 3, 3]), float([3, 1, 3, 3])],
    conv([3, 3], [1, 1], [1, 1, 1, 1], [1, 1], 3),
  ],
  ['MaxPool', 'halves', [float([2, 3, 4, 6])], window2d([2, 2], [2, 2], [0, 0, 0, 0]), 2],
  ['MaxPool', 'overlap with remainder', [float([2, 2, 8, 6])], window2d([3, 3], [2, 2], [0, 0, 0, 0]), 2],
  ['MaxPool', 'dilated', [float([1, 2, 7, 6])], { ...window2d([3, 2], [2, 1], [1, 0, 1, 0]), dilations: [2, 3] }, 2],
  ['MaxPool', 'asymmetric pads', [float([1, 2, 4, 5], -3, -1)], window2d([3, 2], [1, 2], [1, 0, 0, 1]), 2],
  [
    'MaxPool',
    'first of equal values',
    [floats([1, 1, 4, 4], [1, 1, 2, 2, 1, 1, 2, 2, 0, 3, 3, 0, 3, 0, 0, 3])],
    window2d([2, 2], [2, 2], [0, 0, 0, 0]),
    2,
  ],
  ['MaxPool', 'one axis', [float([2, 2, 7])], { kernel_shape: [3], strides: [2], pads: [1, 1] }, 2],
  [
    'MaxUnpool',
    'indices in the whole result',
    [float([2, 1, 1, 2]), ints([2, 1, 1, 2], [1, 6, 8, 15]), list(2, 1, 2, 4)],
    window2d([2, 2], [2, 2], [0, 0, 0, 0]),
  ],
  ['AveragePool', 'halves', [float([2, 3, 4, 6])], window2d([2, 2], [2, 2], [0, 0, 0, 0])],
  ['AveragePool', 'padding excluded', [float([1, 2, 5, 5])], window2d([3, 3], [2, 2], [1, 1, 1, 1])],
  [
    'AveragePool',
    'padding included',
    [float([1, 2, 5, 5])],
    { ...window2d([3, 3], [2, 2], [1, 1, 1, 1]), count_include_pad: 1 },
  ],
  [
    'AveragePool',
    'asymmetric pads',
    [float([1, 2, 4, 5])],
    { ...window2d([3, 2], [1, 2], [1, 0, 0, 1]), count_include_pad: 1 },
  ],
  ['GlobalAveragePool', '', [float([2, 3, 4, 5])]],
  ['GlobalAveragePool', 'one axis', [float([2, 3, 4])]],
  ['BatchNormalization', 'images', [float([2, 3, 4, 5]), ...perChannel(3)], { epsilon: 1e-3 }],
  ['BatchNormalization', 'rows, default epsilon', [float([5, 4]), ...perChannel(4)]],
  ['BatchNormalization', 'training, images', [float([2, 3, 4, 5]), ...perChannel(3)], training, 3],
  ['BatchNormalization', 'training, rows', [float([5, 4]), ...perChannel(4)], training, 3],
  ['BatchNormalization', 'training, one axis', [float([2, 3, 5]), ...perChannel(3)], training, 3],
  ['BatchNormalization', 'training, only y', [float([2, 3, 5]), ...perChannel(3)], training],
  ['LayerNormalization', 'last axis', [float([3, 4]), float([4]), float([4])], { axis: -1, epsilon: 1e-3 }, 3],
  ['LayerNormalization', 'without bias, defaults', [float([2, 3, 4]), float([4])], {}, 3],
  ['LayerNormalization', 'three axes', [float([2, 3, 2, 2]), float([3, 2, 2]), float([3, 2, 2])], { axis: 1 }, 3],
  ['LRN', 'defaults', [float([2, 5, 3, 3])], { size: 3 }],
  ['LRN', 'all settings', [float([2, 6, 3, 3])], { size: 5, alpha: 0.5, beta: 0.6, bias: 2 }],
  ['Resize', 'nearest, whole factors', [float([2, 3, 2, 3]), null, floatTensor([4], [1, 1, 2, 3])], nearest],
  ['Resize', 'nearest by sizes', [float([1, 2, 3, 4]), null, null, list(1, 2, 5, 6)], nearest],
  ['Resize', 'linear', [float([2, 3, 2, 3]), null, floatTensor([4], [1, 1, 2, 1.5])], linear('half_pixel')],
  ['Resize', 'linear, smaller', [float([1, 2, 6, 7]), null, null, list(1, 2, 4, 3)], linear('half_pixel')],
  ['Resize', 'linear, corners', [float([1, 2, 3, 4]), null, null, list(1, 2, 7, 5)], linear('align_corners')],
  [
    'Resize',
    'linear, corners, to size 1',
    [float([1, 2, 3, 4]), null, null, list(1, 2, 1, 5)],
    linear('align_corners'),
  ],
  ['Shape', '', [float([2, 3, 4])]],
  ['ScatterElements', 'replace', [float([3, 3]), ints([2, 3], [1, 0, 2, 0, -1, 1]), float([2, 3])], { axis: 0 }],
  [
    'ScatterElements',
    'two updates of one element',
    [float([2, 4]), ints([2, 3], [1, 1, -1, 0, 0, 0]), float([2, 3])],
    { axis: 1, reduction: 'add' },
  ],
  ['Gather', 'rows', [float([3, 2]), ints([2, 2], [0, 2, -1, 1])], { axis: 0 }],
  ['Gather', 'scalar index', [float([2, 3, 2]), ints([], [1])], { axis: 1 }],
  ['GatherElements', '', [float([2, 3]), ints([2, 2], [0, -1, 1, 1])], { axis: 1 }],
  ['ReduceSum', 'keep', [float([2, 3, 4]), list(1)], { keepdims: 1 }],
  ['ReduceSum', 'axes dropped, negative axes', [float([2, 3, 4]), list(0, -1)], { keepdims: 0 }],
  ['ReduceSum', 'all axes by default', [float([2, 3]), list()], { keepdims: 0 }],
  ['ReduceMean', 'keep', [float([2, 3, 4])], { axes: [0, 2], keepdims: 1 }],
  ['ReduceMean', 'drop', [float([2, 3, 4])], { axes: [-2], keepdims: 0 }],
  ['ReduceMean', 'all', [float([2, 3])], { keepdims: 0 }],
  ['ReduceMax', 'keep', [float([2, 3, 4])], { axes: [2], keepdims: 1 }],
  ['ReduceMax', 'drop', [float([2, 3, 4])], { axes: [0, 1], keepdims: 0 }],
  ['ReduceMax', 'all', [float([2, 3])], {}],
  ['ArgMax', 'first of equal values', [floats([2, 3], [1, 3, 3, 2, 0, 2])], { axis: 1, keepdims: 0 }],
  ['ArgMax', 'keep', [float([2, 3, 2])], { axis: -2, keepdims: 1 }],
  ['Softmax', 'last axis', [float([2, 5], -5, 5)]],
  ['Softmax', 'channels', [float([2, 3, 2, 2])], { axis: 1 }],
  ['LogSoftmax', 'last axis', [float([2, 5], -50, 50)], { axis: -1 }],
  ['LogSoftmax', 'channels', [float([2, 3, 2])], { axis: 1 }],
  ['SoftmaxCrossEntropyLoss', 'mean', [float([4, 3], -5, 5), ints([4], [0, 2, 1, 1])], { reduction: 'mean' }, 2],
  ['SoftmaxCrossEntropyLoss', 'sum', [float([4, 3]), int32s([4], [0, 2, 1, 1])], { reduction: 'sum' }, 2],
  ['SoftmaxCrossEntropyLoss', 'per sample', [float([4, 3]), ints([4], [0, 2, 1, 1])], { reduction: 'none' }, 2],
  ['OneHot', 'last axis', [ints([2, 2], [0, 2, -1, 3]), intTensor([], [3]), floatTensor([2], [0, 1])], { axis: -1 }],
  ['OneHot', 'first axis', [ints([3], [1, 0, 1]), intTensor([], [2]), floatTensor([2], [-1, 5])], { axis: 0 }],
  ['Transpose', 'perm', [float([2, 3, 4])], { perm: [2, 0, 1] }],
  ['Transpose', 'reversed', [float([2, 3, 4])]],
  ['Reshape', 'copied and inferred sizes', [float([2, 3, 4]), list(0, -1)]],
  ['Reshape', 'numbers', [float([2, 3, 4]), list(4, 6)]],
  ['Flatten', 'default', [float([2, 3, 4])]],
  ['Flatten', 'axis 0', [float([2, 3])], { axis: 0 }],
  ['Flatten', 'axis 2', [float([2, 3, 4])], { axis: 2 }],
  ['Expand', 'rank and size', [float([3, 1]), list(2, 1, 4)]],
  ['Expand', 'keeps larger sizes', [float([3, 2]), list(1, 2)]],
  ['Concat', 'first axis', [float([1, 2]), float([3, 2])], { axis: 0 }],
  ['Concat', 'last axis, three', [float([2, 1]), float([2, 3]), float([2, 2])], { axis: -1 }],
  ['Split', '', [float([2, 6]), list(1, 3, 2)], { axis: 1 }, 3],
  ['Split', 'negative axis', [float([4, 2, 3]), list(1, 1)], { axis: -2 }, 2],
  ['Slice', 'step', [float([7, 3]), list(1), list(6), list(0), list(2)]],
  ['Slice', 'negative and clamped', [float([5, 4]), list(-3, 1), list(100, -1), list(0, -1), list(1, 1)]],
  ['Slice', 'empty', [float([5, 4]), list(3), list(3), list(0), list(1)]],
  ['Pad', 'zeros', [float([2, 3]), list(1, 0, 0, 2)], { mode: 'constant' }],
  ['Pad', 'a value', [float([2, 3]), list(1, 1, 1, 1), floatTensor([], [1.5])]],
  ['Pad', 'crops', [float([4, 5]), list(-1, 1, -2, -2)], { mode: 'constant' }],
  ['Pad', 'edge', [float([2, 3]), list(1, 2, 2, 1)], { mode: 'edge' }],
  ['Pad', 'reflect', [float([3, 4]), list(2, 1, 1, 3)], { mode: 'reflect' }],
  ['FusedMatMul', 'plain', [float([2, 3]), float([3, 4])], { transA: 0, transB: 0, alpha: 1 }],
  ['FusedMatMul', 'transA, alpha', [float([3, 2]), float([3, 4])], { transA: 1, transB: 0, alpha: 0.25 }],
  ['FusedMatMul', 'transB, batch', [float([2, 2, 3]), float([2, 4, 3])], { transA: 0, transB: 1, alpha: 1 }],
  ['FusedMatMul', 'both', [float([3, 2]), float([4, 3])], { transA: 1, transB: 1, alpha: 1 }],
];

/** The program of a case, with the op itself even if the target substitutes it, and its feeds. */
export function programOf([op, , inputs, attrs = {}, outputs = 1]: OpCase): {
  program: Program;
  feeds: Record<string, Dense>;
} {
  const g = new Builder(op, PORTABLE);
  const feeds: Record<string, Dense> = {};
  const values = inputs.map((input, i): Value | null => {
    if (input === null) return null;
    if (!('feed' in input)) return g.constant(input);
    feeds[`x${i}`] = input.feed;
    return g.input(`x${i}`, input.dtype, input.feed.shape, { kind: 'data' });
  });
  const results = g.emit(op, values, attrs).slice(0, outputs);
  const program = g.finish(results.map((value) => ({ value, role: { kind: 'prediction' } })));
  return { program, feeds };
}
