import {
  type BatchNormTrain,
  batchNormParts,
  gelu,
  type LocalResponse,
  localResponseNorm,
  type ResizeOptions,
  resize,
} from './composites.ts';
import { inferOp, type OpName } from './ops.ts';
import {
  type Attrs,
  constantsOf,
  type InputRole,
  type Op,
  type OutputRole,
  type Program,
  type ProgramInput,
  type Value,
} from './program.ts';
import { type Dim, type Dims, known, knownDims } from './shape.ts';
import { type Substituted, substitute } from './substitutes.ts';
import { type DType, elementCount, floatTensor, intTensor, type Tensor } from './tensor.ts';

/** What the runtime that will execute a program can do beyond ONNX's default domain. */
export interface Target {
  /** The contrib ops of the stock build (com.microsoft) may be used. */
  readonly contrib: boolean;
  /** BatchNormalization has its training mode. */
  readonly batchNormTraining: boolean;
  /** MaxPool gives its indices, which its gradient follows; without them the gradient finds the maxima again. */
  readonly maxPoolIndices: boolean;
  /** LayerNormalization keeps its digits where the mean is far larger than the deviation, and takes a single number. */
  readonly exactLayerNorm: boolean;
  /** Ops that are said by others (substitutes.ts): missing here, slower than their parts, or wrong. */
  readonly without: ReadonlySet<Substituted>;
  /** Channels in a block of the runtime's blocked convolutions (ops.ts), where training steps may use them; 0: nowhere. */
  readonly block: number;
}

/** Runs everywhere: the default domain alone, and of that only what every provider has. */
export const PORTABLE: Target = {
  contrib: false,
  batchNormTraining: false,
  maxPoolIndices: true,
  exactLayerNorm: false,
  without: new Set(),
  block: 0,
};
/** The CPU provider of the stock onnxruntime build. LRN's parts are seven times faster (measured, 32x64x32x32). */
export const CPU: Target = {
  contrib: true,
  batchNormTraining: true,
  maxPoolIndices: true,
  exactLayerNorm: true,
  without: new Set(['LRN']),
  block: 0,
};
/** The CPU provider where its blocked convolutions were seen to work, `block` channels at a time. */
export const blockedCpu = (block: number): Target => ({ ...CPU, block });
/**
 * The WebGPU provider of the stock onnxruntime build, found by running every op on it (docs/providers.md). What it leaves
 * to the CPU would cross the bus and back in the middle of a step; BatchNormalization of matrices it computes wrongly.
 */
export const WEBGPU: Target = {
  contrib: false,
  batchNormTraining: false,
  maxPoolIndices: false,
  exactLayerNorm: false,
  without: new Set(['Sum', 'Sign', 'LogSoftmax', 'OneHot', 'SoftmaxCrossEntropyLoss', 'LRN', 'BatchNormalization']),
  block: 0,
};

/** Geometry of a window over [.., H, W]: sizes are [h, w], pads [top, left, bottom, right]. */
export interface Window {
  readonly kernel: readonly number[];
  readonly strides: readonly number[];
  readonly pads: readonly number[];
  readonly dilations: readonly number[];
}

/** −FLT_MAX: the runtime's max pool begins with it, too. */
const LOWEST = -3.4028234663852886e38;

/** Ops of which no output can be left out. */
const WHOLE: ReadonlySet<OpName> = new Set(['Split', 'BatchNormalization']);

type Writable<T> = { -readonly [K in keyof T]: T[K] };

/**
 * Emits a program op by op and infers every shape as it goes. Methods are named after the ONNX op and return its first
 * output. A shape that does not fit is a bug of the caller (the document was checked before) and throws ShapeError.
 */
export class Builder {
  readonly #inputs: ProgramInput[] = [];
  readonly #ops: Op[] = [];
  readonly #names = new Set<string>();
  readonly #numbers = new Map<string, number>();
  readonly #constants = new Map<string, Value>();
  #scope = '';
  #scratches = 0;

  constructor(
    readonly name: string,
    readonly target: Target = PORTABLE,
  ) {}

  /** A builder that holds the inputs of a program and keeps clear of its constants' names, to emit it anew. */
  static over(program: Program, target: Target): Builder {
    const g = new Builder(program.name, target);
    for (const { value, role } of program.inputs) {
      g.#names.add(value.name);
      g.#inputs.push({ value, role });
    }
    for (const { name } of constantsOf(program)) g.#names.add(name);
    return g;
  }

  /** Takes over an op as it is, with its results. */
  append(op: Op): void {
    for (const name of [op.name, ...op.outputs.map((output) => output.name)]) this.#names.add(name);
    this.#ops.push(op);
  }

  get ops(): readonly Op[] {
    return this.#ops;
  }

  /** Names of everything emitted inside `body` start with `scope/`. */
  within<T>(scope: string, body: () => T): T {
    const outer = this.#scope;
    this.#scope = scope;
    try {
      return body();
    } finally {
      this.#scope = outer;
    }
  }

  #unique(name: string): string {
    let unique = name;
    // Starts behind the last number given, so that many of one name take no longer each.
    let n = this.#numbers.get(name) ?? 2;
    while (this.#names.has(unique)) unique = `${name}_${n++}`;
    if (unique !== name) this.#numbers.set(name, n);
    this.#names.add(unique);
    return unique;
  }

  #scoped(name: string): string {
    return this.#unique(this.#scope === '' ? name : `${this.#scope}/${name}`);
  }

  input(name: string, dtype: DType, shape: Dims, role: InputRole): Value {
    const value: Value = { name: this.#unique(name), dtype, shape };
    // Scalars of the step are found by their role; all else is fed by name.
    if (value.name !== name && role.kind !== 'hyper') throw new Error(`two inputs are named '${name}'`);
    this.#inputs.push({ value, role });
    return value;
  }

  /** Gives a value that an op made a name of its own, for readers of the graph. */
  rename(value: Value, name: string): Value {
    this.#names.delete(value.name);
    (value as Writable<Value>).name = this.#unique(name);
    return value;
  }

  /** An op of the table, or what stands for it where the target is without it. */
  emit(op: OpName, inputs: readonly (Value | null)[], attrs: Attrs = {}): readonly Value[] {
    const others = substitute(this, op, inputs, attrs);
    if (others !== null) return others;
    const name = this.#scoped(op);
    const outputs = inferOp(op, name, inputs, attrs).map((type): Value => ({ name: this.#scoped(camel(op)), ...type }));
    this.#ops.push({ op, name, inputs, outputs, attrs });
    return outputs;
  }

  #one(op: OpName, inputs: readonly (Value | null)[], attrs: Attrs = {}): Value {
    return this.emit(op, inputs, attrs)[0] as Value;
  }

  /** A constant; equal small ones are shared. */
  constant(tensor: Tensor, name = 'const'): Value {
    const shareable = elementCount(tensor.shape) <= 64;
    const numbers = shareable ? Array.from<number | bigint, string>(tensor.data, text).join() : '';
    const key = `${tensor.dtype}[${tensor.shape}](${numbers})`;
    const known = this.#constants.get(key);
    if (shareable && known !== undefined) return known;
    const value: Value = { name: this.#unique(`const/${name}`), dtype: tensor.dtype, shape: tensor.shape, tensor };
    if (shareable) this.#constants.set(key, value);
    return value;
  }

  /** A float32 scalar. */
  scalar(x: number): Value {
    return this.constant(floatTensor([], [x]), 'scalar');
  }

  /** An int64 vector, as shapes and axes are given. */
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
  /** `slope` holds below 0 and is repeated to the shape of x: [C, 1, 1] for one a channel. */
  prelu(x: Value, slope: Value): Value {
    return this.#one('PRelu', [x, slope]);
  }
  square(x: Value): Value {
    return this.mul(x, x);
  }
  /** x·sigmoid(x), which is also called swish. */
  silu(x: Value): Value {
    return this.mul(x, this.sigmoid(x));
  }
  /** x·min(1, max(0, x/6 + 1/2)). */
  hardSwish(x: Value): Value {
    return this.mul(x, this.hardSigmoid(x, 1 / 6, 0.5));
  }
  /** x·Φ(x), exactly or by PyTorch's approximation with tanh. */
  gelu(x: Value, approximate: 'none' | 'tanh'): Value {
    return gelu(this, x, approximate);
  }
  /** The largest of all values, broadcast together; of equal ones the gradient goes to the first. */
  max(values: readonly Value[]): Value {
    return this.#one('Max', values);
  }
  /** The smallest of all values, broadcast together; of equal ones the gradient goes to the first. */
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
  /** A·B of the last two axes, each transposed on request; one op where the target has it. */
  matMulT(a: Value, b: Value, { transA = false, transB = false }): Value {
    if (!transA && !transB) return this.matMul(a, b);
    if (this.target.contrib) {
      return this.#one('FusedMatMul', [a, b], { transA: Number(transA), transB: Number(transB), alpha: 1 });
    }
    return this.matMul(transA ? this.swapLast(a) : a, transB ? this.swapLast(b) : b);
  }
  /** alpha·A'·B' + beta·C of matrices; C is broadcast. */
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
  averagePool(x: Value, { kernel, strides, pads }: Omit<Window, 'dilations'>, countIncludePad: boolean): Value {
    const [top, left, bottom, right] = pads;
    // From opset 19 on onnxruntime 1.21 counts the cells right only where padding is the same on all sides.
    if (countIncludePad && pads.some((cells) => cells !== top)) {
      const padded = this.pad(x, [0, 0, top, left], [0, 0, bottom, right]);
      return this.averagePool(padded, { kernel, strides, pads: [0, 0, 0, 0] }, true);
    }
    return this.#one('AveragePool', [x], {
      kernel_shape: kernel,
      strides,
      pads,
      count_include_pad: Number(countIncludePad),
    });
  }
  /** The mean over all places: [N, C, ..] → [N, C, 1, ..]. */
  globalAveragePool(x: Value): Value {
    return this.#one('GlobalAveragePool', [x]);
  }

  /** (x − mean) / √(variance + epsilon) · scale + bias for each channel of x [N, C, ..]; all others are [C]. */
  batchNorm(x: Value, scale: Value, bias: Value, mean: Value, variance: Value, epsilon: number): Value {
    return this.#one('BatchNormalization', [x, scale, bias, mean, variance], { epsilon });
  }

  /**
   * Batch normalisation by the batch's own mean and variance, which are also given: [C] each, the variance that of the
   * population (divided by the count). Only y takes part in differentiation.
   */
  batchNormTrain(x: Value, scale: Value, bias: Value, epsilon: number): BatchNormTrain {
    if (!this.target.batchNormTraining) return batchNormParts(this, x, scale, bias, epsilon);
    // The runtime writes the statistics over inputs 3 and 4. So these are tensors made for the purpose, which are neither
    // fed nor constant (nor computed in advance), and equal to nothing else in the program: the runtime merges what is.
    // Their numbers do not matter, since momentum is 0.
    const channels = this.size(x, 1);
    const varying = this.#inputs.some(({ value }) => value === scale) ? scale : this.#corner(x, channels);
    const scratch = (): Value => this.hardSigmoid(varying, 0, 1 / ++this.#scratches);
    const [y, mean, variance] = this.emit('BatchNormalization', [x, scale, bias, scratch(), scratch()], {
      epsilon,
      momentum: 0,
      training_mode: 1,
    });
    return { y, mean, variance };
  }
  /** The first `count` numbers of x. */
  #corner(x: Value, count: number): Value {
    return this.slice(this.reshape(x, [-1]), 0, 0, count);
  }

  /** Normalises over all axes from `axis` on; scale and bias have their shape. */
  layerNorm(x: Value, scale: Value, bias: Value | null, axis: number, epsilon: number): Value {
    const normalised = (y: Value) =>
      this.#one('LayerNormalization', bias === null ? [y, scale] : [y, scale, bias], { axis, epsilon });
    if (this.target.exactLayerNorm) return normalised(x);
    const axes = [...x.shape.keys()].slice(axis);
    // onnxruntime 1.21 refuses a single number, which is its own mean.
    if (axes.every((at) => x.shape[at] === 1)) {
      const scaled = this.mul(this.sub(x, x), scale);
      return bias === null ? scaled : this.add(scaled, bias);
    }
    // Its kernel and that of WebGPU take the variance as mean(x²) − mean(x)²: a mean of 0 costs no digits.
    return normalised(this.sub(x, this.reduceMean(x, axes, true)));
  }

  /**
   * Local response normalisation as PyTorch's: x / (k + alpha/size · Σ x²)^beta over the channels from c − size/2 to
   * c + (size − 1)/2, both rounded towards c.
   */
  localResponseNorm(x: Value, settings: LocalResponse): Value {
    return localResponseNorm(this, x, settings);
  }

  /**
   * x [N, C, H, W] → [N, C, h, w], as PyTorch's Upsample. `factors` are its scale_factor, if that was given; they decide
   * where the linear form reads.
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
  /** indices [...] → float32 [..., depth] of 0 and 1. */
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
  /** As `like`, whose size may hold one symbol. */
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
  /** Pads with zeros, `before` and `after` every axis; negative pads crop. */
  pad(x: Value, before: readonly number[], after: readonly number[]): Value {
    return this.#one('Pad', [x, this.ints([...before, ...after])], { mode: 'constant' });
  }
  /** Pads with the lowest float32 there is, which no maximum takes. */
  padLowest(x: Value, before: readonly number[], after: readonly number[]): Value {
    const lowest = this.constant(floatTensor([], [LOWEST]), 'lowest');
    return this.#one('Pad', [x, this.ints([...before, ...after]), lowest], { mode: 'constant' });
  }

  /** Sizes of a value that must all be known. */
  sizes(x: Value): number[] {
    return knownDims(x.shape, `the shape of '${x.name}'`);
  }
  size(x: Value, axis: number): number {
    return known(x.shape.at(axis) as Dim | undefined, `axis ${axis} of '${x.name}'`);
  }

  /**
   * The program that computes `outputs`, without ops that nothing needs and without unused trailing outputs.
   * Inputs keep their order; those that nothing uses are left out.
   */
  finish(outputs: readonly { readonly value: Value; readonly role: OutputRole; readonly name?: string }[]): Program {
    const inputs = new Set(this.#inputs.map(({ value }) => value));
    const uses = new Map<Value, number>();
    for (const { value } of outputs) uses.set(value, (uses.get(value) ?? 0) + 1);
    const results = outputs.map(({ value, role, name }) => {
      const isInput = inputs.has(value) || value.tensor !== undefined;
      const own = isInput || (uses.get(value) ?? 0) > 1 ? this.identity(value) : value;
      return { value: name === undefined ? own : this.rename(own, name), role };
    });
    const needed = new Set<Value>(results.map(({ value }) => value));
    const ops: Op[] = [];
    for (let i = this.#ops.length - 1; i >= 0; i--) {
      const op = this.#ops[i] as Op;
      const last = op.outputs.findLastIndex((value) => needed.has(value));
      if (last === -1) continue;
      for (const input of op.inputs) if (input !== null) needed.add(input);
      ops.push(WHOLE.has(op.op) ? op : { ...op, outputs: op.outputs.slice(0, last + 1) });
    }
    return {
      name: this.name,
      inputs: this.#inputs.filter(({ value }) => needed.has(value)),
      ops: ops.reverse(),
      outputs: results,
    };
  }
}

/** A number as text; −0 is not 0. */
const text = (x: number | bigint): string => (Object.is(x, -0) ? '-0' : String(x));

const camel = (op: string): string => op.charAt(0).toLowerCase() + op.slice(1);
