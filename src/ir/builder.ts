import {
  averagePool,
  type BatchNormTrain,
  batchNormParts,
  gelu,
  type LocalResponse,
  layerNorm,
  localResponseNorm,
  type ResizeOptions,
  resize,
} from './composites.ts';
import { Emitter } from './emitter.ts';
import type { OpName } from './ops.ts';
import type { Attrs, Program, Value } from './program.ts';
import { type Dim, type Dims, known, knownDims } from './shape.ts';
import { substitute } from './substitutes.ts';
import { PORTABLE, type Target } from './target.ts';
import { type DType, floatTensor, intTensor } from './tensor.ts';

/** Geometry of a window over [..., H, W]: sizes are [h, w], pads [top, left, bottom, right]. */
export interface Window {
  readonly kernel: readonly number[];
  readonly strides: readonly number[];
  readonly pads: readonly number[];
  readonly dilations: readonly number[];
}

/** −FLT_MAX, with which the runtime's max pool begins, too. */
const LOWEST = -3.4028234663852886e38;

/**
 * Emits a program by methods that are named after the ONNX op and return its first output. An op that the target is
 * without is replaced by others. A shape that does not fit is a bug of the caller (the document was checked before) and
 * throws ShapeError.
 */
export class Builder extends Emitter {
  #scratches = 0;

  constructor(
    name: string,
    readonly target: Target = PORTABLE,
  ) {
    super(name);
  }

  /** A builder to emit a program again: it has the inputs of the program, and keeps the names of its constants free. */
  static over(program: Program, target: Target): Builder {
    const g = new Builder(program.name, target);
    g.adoptInputs(program);
    return g;
  }

  /** Appends an op, or the ops that replace it if the target is without it. */
  override emit(op: OpName, inputs: readonly (Value | null)[], attrs: Attrs = {}): readonly Value[] {
    return substitute(this, op, inputs, attrs) ?? super.emit(op, inputs, attrs);
  }

  #one(op: OpName, inputs: readonly (Value | null)[], attrs: Attrs = {}): Value {
    return this.emit(op, inputs, attrs)[0] as Value;
  }

  /** A float32 scalar. */
  scalar(x: number): Value {
    return this.constant(floatTensor([], [x]), 'scalar');
  }

  /** An int64 vector, such as shapes and axes. */
  ints(values: readonly number[]): Value {
    return this.constant(intTensor([values.length], values), 'ints');
  }

  zeros(shape: readonly number[]): Value {
    return this.expand(this.scalar(0), shape);
  }

  add(a: Value, b: Value): Value {
    return this.#one('Add', [a, b]);
  }
  sub(a: Value, b: Value): Value {
    return this.#one('Sub', [a, b]);
  }
  mul(a: Value, b: Value): Value {
    return this.#one('Mul', [a, b]);
  }
  div(a: Value, b: Value): Value {
    return this.#one('Div', [a, b]);
  }
  neg(x: Value): Value {
    return this.#one('Neg', [x]);
  }
  exp(x: Value): Value {
    return this.#one('Exp', [x]);
  }
  log(x: Value): Value {
    return this.#one('Log', [x]);
  }
  sqrt(x: Value): Value {
    return this.#one('Sqrt', [x]);
  }
  relu(x: Value): Value {
    return this.#one('Relu', [x]);
  }
  sigmoid(x: Value): Value {
    return this.#one('Sigmoid', [x]);
  }
  tanh(x: Value): Value {
    return this.#one('Tanh', [x]);
  }
  identity(x: Value): Value {
    return this.#one('Identity', [x]);
  }
  /** max(0, min(1, alpha·x + beta)). */
  hardSigmoid(x: Value, alpha: number, beta: number): Value {
    return this.#one('HardSigmoid', [x], { alpha, beta });
  }
  abs(x: Value): Value {
    return this.#one('Abs', [x]);
  }
  /** −1, 0 or 1. */
  sign(x: Value): Value {
    return this.#one('Sign', [x]);
  }
  erf(x: Value): Value {
    return this.#one('Erf', [x]);
  }
  softplus(x: Value): Value {
    return this.#one('Softplus', [x]);
  }
  leakyRelu(x: Value, alpha: number): Value {
    return this.#one('LeakyRelu', [x], { alpha });
  }
  elu(x: Value, alpha: number): Value {
    return this.#one('Elu', [x], { alpha });
  }
  /** Multiplies x by `slope` below 0. `slope` is broadcast to the shape of x: [C, 1, 1] for one slope per channel. */
  prelu(x: Value, slope: Value): Value {
    return this.#one('PRelu', [x, slope]);
  }
  square(x: Value): Value {
    return this.mul(x, x);
  }
  /** x·sigmoid(x), also called swish. */
  silu(x: Value): Value {
    return this.mul(x, this.sigmoid(x));
  }
  /** x·min(1, max(0, x/6 + 1/2)). */
  hardSwish(x: Value): Value {
    return this.mul(x, this.hardSigmoid(x, 1 / 6, 0.5));
  }
  /** x·Φ(x), exactly or by the tanh approximation of PyTorch. */
  gelu(x: Value, approximate: 'none' | 'tanh'): Value {
    return gelu(this, x, approximate);
  }
  /** Elementwise maximum of values that are broadcast together. The gradient goes to the first of equal values. */
  max(values: readonly Value[]): Value {
    return this.#one('Max', values);
  }
  /** Elementwise minimum of values that are broadcast together. The gradient goes to the first of equal values. */
  min(values: readonly Value[]): Value {
    return this.#one('Min', values);
  }
  sum(values: readonly Value[]): Value {
    const [only, second] = values;
    if (only === undefined) throw new Error('a sum needs at least one value');
    if (second === undefined) return only;
    return values.length === 2 ? this.add(only, second) : this.#one('Sum', values);
  }
  equal(a: Value, b: Value): Value {
    return this.#one('Equal', [a, b]);
  }
  greater(a: Value, b: Value): Value {
    return this.#one('Greater', [a, b]);
  }
  less(a: Value, b: Value): Value {
    return this.#one('Less', [a, b]);
  }
  not(x: Value): Value {
    return this.#one('Not', [x]);
  }
  where(condition: Value, a: Value, b: Value): Value {
    return this.#one('Where', [condition, a, b]);
  }
  cast(x: Value, to: DType): Value {
    return x.dtype === to ? x : this.#one('Cast', [x], { to });
  }

  matMul(a: Value, b: Value): Value {
    return this.#one('MatMul', [a, b]);
  }
  /** A·B over the last two axes, each matrix transposed on request. A single op if the target has it. */
  matMulT(a: Value, b: Value, { transA = false, transB = false }): Value {
    if (!transA && !transB) return this.matMul(a, b);
    if (this.target.contrib) {
      return this.#one('FusedMatMul', [a, b], { transA: Number(transA), transB: Number(transB), alpha: 1 });
    }
    return this.matMul(transA ? this.swapLast(a) : a, transB ? this.swapLast(b) : b);
  }
  /** alpha·A'·B' + C of matrices; C is broadcast. */
  gemm(a: Value, b: Value, c: Value | null, attrs: { transA?: boolean; transB?: boolean; alpha?: number } = {}): Value {
    const { transA = false, transB = false, alpha = 1 } = attrs;
    return this.#one('Gemm', c === null ? [a, b] : [a, b, c], {
      alpha,
      beta: 1,
      transA: Number(transA),
      transB: Number(transB),
    });
  }

  /** x [N, C, H, W], w [F, C/group, kh, kw], b [F] → [N, F, OH, OW]. */
  conv(x: Value, w: Value, b: Value | null, window: Window, group = 1): Value {
    const { kernel: kernel_shape, strides, pads, dilations } = window;
    return this.#one('Conv', b === null ? [x, w] : [x, w, b], { kernel_shape, strides, pads, dilations, group });
  }
  /** x [N, F, OH, OW], w [F, C/group, kh, kw] → [N, C, H, W]. */
  convTranspose(x: Value, w: Value, window: Window, outputPadding: readonly number[], group = 1): Value {
    const { kernel: kernel_shape, strides, pads, dilations } = window;
    return this.#one('ConvTranspose', [x, w], {
      kernel_shape,
      strides,
      pads,
      dilations,
      group,
      output_padding: outputPadding,
    });
  }
  maxPool(x: Value, { kernel, strides, pads, dilations }: Omit<Window, 'dilations'> & Partial<Window>): Value {
    const dilated = dilations?.some((cells) => cells > 1) && { dilations };
    return this.#one('MaxPool', [x], { kernel_shape: kernel, strides, pads, ...dilated });
  }
  averagePool(x: Value, window: Omit<Window, 'dilations'>, countIncludePad: boolean): Value {
    return averagePool(this, x, window, countIncludePad);
  }
  /** Mean over all positions: [N, C, ...] → [N, C, 1, ...]. */
  globalAveragePool(x: Value): Value {
    return this.#one('GlobalAveragePool', [x]);
  }

  /** (x − mean) / √(variance + epsilon) · scale + bias for each channel of x [N, C, ...]; all others are [C]. */
  batchNorm(x: Value, scale: Value, bias: Value, mean: Value, variance: Value, epsilon: number): Value {
    return this.#one('BatchNormalization', [x, scale, bias, mean, variance], { epsilon });
  }

  /**
   * Batch normalization with the mean and variance of the batch, which are outputs as well: [C] each, the variance
   * divided by the count. Only y takes part in differentiation.
   */
  batchNormTrain(x: Value, scale: Value, bias: Value, epsilon: number): BatchNormTrain {
    if (!this.target.batchNormTraining) return batchNormParts(this, x, scale, bias, epsilon);
    // The runtime overwrites inputs 3 and 4 with the statistics. So each is a tensor of its own: neither fed nor constant
    // (nor foldable to a constant), and different from every other value, because the runtime merges equal ones. Their
    // values do not matter, because momentum is 0.
    const channels = this.size(x, 1);
    const varying = this.isInput(scale) ? scale : this.#corner(x, channels);
    const scratch = (): Value => this.hardSigmoid(varying, 0, 1 / ++this.#scratches);
    const [y, mean, variance] = this.emit('BatchNormalization', [x, scale, bias, scratch(), scratch()], {
      epsilon,
      momentum: 0,
      training_mode: 1,
    });
    return { y, mean, variance };
  }
  /** The first `count` elements of x. */
  #corner(x: Value, count: number): Value {
    return this.slice(this.reshape(x, [-1]), 0, 0, count);
  }

  /** Normalizes over all axes from `axis` on; scale and bias have their shape. */
  layerNorm(x: Value, scale: Value, bias: Value | null, axis: number, epsilon: number): Value {
    return layerNorm(this, x, scale, bias, axis, epsilon);
  }

  /**
   * Local response normalization as in PyTorch: x / (k + alpha/size · Σ x²)^beta over the channels from c − size/2 to
   * c + (size − 1)/2, both rounded towards c.
   */
  localResponseNorm(x: Value, settings: LocalResponse): Value {
    return localResponseNorm(this, x, settings);
  }

  /**
   * x [N, C, H, W] → [N, C, h, w], as Upsample of PyTorch. `factors`: its scale_factor, if given; the linear form reads
   * at positions that depend on it.
   */
  resize(x: Value, size: readonly number[], options: ResizeOptions): Value {
    return resize(this, x, size, options);
  }

  scatterAdd(data: Value, indices: Value, updates: Value, axis: number): Value {
    return this.#one('ScatterElements', [data, indices, updates], { axis, reduction: 'add' });
  }
  gather(data: Value, indices: Value, axis: number): Value {
    return this.#one('Gather', [data, indices], { axis });
  }
  gatherElements(data: Value, indices: Value, axis: number): Value {
    return this.#one('GatherElements', [data, indices], { axis });
  }

  reduceSum(x: Value, axes: readonly number[], keep = false): Value {
    return axes.length === 0 ? x : this.#one('ReduceSum', [x, this.ints(axes)], { keepdims: Number(keep) });
  }
  reduceMean(x: Value, axes: readonly number[], keep = false): Value {
    return axes.length === 0 ? x : this.#one('ReduceMean', [x], { axes, keepdims: Number(keep) });
  }
  argMax(x: Value, axis: number, keep = false): Value {
    return this.#one('ArgMax', [x], { axis, keepdims: Number(keep) });
  }
  softmax(x: Value, axis: number): Value {
    return this.#one('Softmax', [x], { axis });
  }
  logSoftmax(x: Value, axis: number): Value {
    return this.#one('LogSoftmax', [x], { axis });
  }
  /** Indices [...] → float32 [..., depth] of 0 and 1. */
  oneHot(indices: Value, depth: number): Value {
    const depthValue = this.constant(intTensor([], [depth]), 'depth');
    return this.#one('OneHot', [indices, depthValue, this.constant(floatTensor([2], [0, 1]), 'off_on')], { axis: -1 });
  }

  transpose(x: Value, perm: readonly number[]): Value {
    return this.#one('Transpose', [x], { perm });
  }
  swapLast(x: Value): Value {
    const axes = x.shape.map((_, i) => i);
    return this.transpose(x, [...axes.slice(0, -2), axes.length - 1, axes.length - 2]);
  }
  reshape(x: Value, shape: readonly number[]): Value {
    return this.#one('Reshape', [x, this.ints(shape)]);
  }
  /** Reshapes to a shape that may have one symbolic dimension. */
  reshapeLike(x: Value, shape: Dims): Value {
    return this.reshape(
      x,
      shape.map((dim) => (typeof dim === 'number' ? dim : -1)),
    );
  }
  flatten(x: Value): Value {
    return this.#one('Flatten', [x], { axis: 1 });
  }
  expand(x: Value, shape: readonly number[]): Value {
    return this.#one('Expand', [x, this.ints(shape)]);
  }
  concat(values: readonly Value[], axis: number): Value {
    return this.#one('Concat', values, { axis });
  }
  split(x: Value, sizes: readonly number[], axis: number): readonly Value[] {
    return this.emit('Split', [x, this.ints(sizes)], { axis });
  }
  slice(x: Value, axis: number, start: number, end: number, step = 1): Value {
    return this.#one('Slice', [x, this.ints([start]), this.ints([end]), this.ints([axis]), this.ints([step])]);
  }
  /** Pads every axis with zeros, `before` and `after`; negative pads crop. */
  pad(x: Value, before: readonly number[], after: readonly number[]): Value {
    return this.#one('Pad', [x, this.ints([...before, ...after])], { mode: 'constant' });
  }
  /** Pads with the lowest float32, which is never a maximum. */
  padLowest(x: Value, before: readonly number[], after: readonly number[]): Value {
    const lowest = this.constant(floatTensor([], [LOWEST]), 'lowest');
    return this.#one('Pad', [x, this.ints([...before, ...after]), lowest], { mode: 'constant' });
  }

  /** Sizes of some axes, known at run time: int64 [axes]. */
  sizesOf(x: Value, axes: readonly number[]): Value {
    return this.gather(this.#one('Shape', [x]), this.ints(axes), 0);
  }

  /** Sizes of all axes. Throws ShapeError if one is symbolic. */
  sizes(x: Value): number[] {
    return knownDims(x.shape, `the shape of '${x.name}'`);
  }
  size(x: Value, axis: number): number {
    return known(x.shape.at(axis) as Dim | undefined, `axis ${axis} of '${x.name}'`);
  }
}
