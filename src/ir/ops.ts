import { numberAttr, numbersAttr, windowOf } from './attrs.ts';
import {
  ANY_NUMBER,
  alike,
  binary,
  blockedRow,
  comparison,
  constant,
  everyAxis,
  first,
  fits,
  like,
  matMulShape,
  needDType,
  type OpRow,
  type OutputType,
  pooled,
  reduced,
  reduction,
  reshaped,
  row,
  transposed,
  unary,
  variadic,
  windowAttrs,
  windowedShape,
} from './opRules.ts';
import type { Attrs, Fragment, Value } from './program.ts';
import {
  axisOf,
  broadcast,
  type Dim,
  type Dims,
  dimsText,
  known,
  knownDims,
  product,
  ShapeError,
  sameDims,
} from './shape.ts';
import type { DType } from './tensor.ts';

const resizeAttrs = {
  mode: 'string',
  coordinate_transformation_mode: 'string',
  nearest_mode: 'string',
  antialias: 'int',
  axes: 'ints',
  cubic_coeff_a: 'float',
  exclude_outside: 'int',
} as const;

/**
 * Every op of the IR: a subset of ONNX at opset 17 (onnx.ai/onnx/operators), plus the contrib ops of the stock runtime
 * that training steps may use. Attributes not listed here are not supported.
 */
export const ops = {
  Add: binary,
  Sub: binary,
  Mul: binary,
  Div: binary,
  Neg: unary,
  Exp: unary,
  Log: unary,
  Sqrt: unary,
  Relu: unary,
  Sigmoid: unary,
  Tanh: unary,
  Identity: unary,
  HardSigmoid: row(1, { alpha: 'float', beta: 'float' }, (x) => [like(first(x))]),
  Abs: unary,
  Sign: unary,
  Erf: unary,
  /** log(1 + eˣ). */
  Softplus: unary,
  LeakyRelu: row(1, { alpha: 'float' }, (x) => [like(first(x))]),
  Elu: row(1, { alpha: 'float' }, (x) => [like(first(x))]),
  /** The second input is the slope for negative values, broadcast to the first. */
  PRelu: row(2, {}, (x) => {
    const [data] = alike(x);
    fits('the slope', first(x, 1).shape, data.shape);
    return [like(data)];
  }),
  Sum: variadic,
  Max: variadic,
  Min: variadic,
  Equal: comparison,
  Greater: comparison,
  Less: comparison,
  Not: row(1, {}, (x) => {
    needDType(first(x), 'bool');
    return [like(first(x))];
  }),
  Where: row(3, {}, (x) => {
    needDType(first(x), 'bool');
    const [a, b] = [first(x, 1), first(x, 2)];
    needDType(b, a.dtype);
    return [{ dtype: a.dtype, shape: broadcast(first(x).shape, broadcast(a.shape, b.shape)) }];
  }),
  Cast: row(1, { to: 'string' }, (x, attrs) => [{ dtype: attrs.to as DType, shape: first(x).shape }]),
  MatMul: row(2, {}, (x) => {
    const [a, b] = alike(x);
    return [{ dtype: a.dtype, shape: matMulShape(a.shape, b.shape) }];
  }),
  Gemm: row([2, 3], { alpha: 'float', beta: 'float', transA: 'int', transB: 'int' }, (x, attrs) => {
    const [a, b, c] = alike(x);
    if (a.shape.length !== 2 || b.shape.length !== 2)
      throw new ShapeError(`Gemm needs matrices, not ${dimsText(a.shape)} and ${dimsText(b.shape)}`);
    const shape = matMulShape(
      transposed(a.shape, numberAttr(attrs, 'transA', 0) === 1),
      transposed(b.shape, numberAttr(attrs, 'transB', 0) === 1),
    );
    if (c !== undefined) fits('C', c.shape, shape);
    return [{ dtype: a.dtype, shape }];
  }),
  Conv: row([2, 3], { ...windowAttrs, dilations: 'ints', group: 'int' }, (x, attrs) => {
    const [data, w] = alike(x);
    const group = numberAttr(attrs, 'group', 1);
    const [features, perGroup, ...kernel] = knownDims(w.shape, `the weight '${w.name}'`);
    if (known(data.shape[1], 'channels') !== (perGroup as number) * group) {
      throw new ShapeError(
        `Conv of ${dimsText(data.shape)} with ${dimsText(w.shape)} in ${group} groups: channels differ`,
      );
    }
    if ((features as number) % group !== 0)
      throw new ShapeError(`${features} filters do not divide into ${group} groups`);
    return [{ dtype: data.dtype, shape: [data.shape[0], features as number, ...windowedShape(data, attrs, kernel)] }];
  }),
  ConvTranspose: row(
    [2, 3],
    { ...windowAttrs, dilations: 'ints', group: 'int', output_padding: 'ints' },
    (x, attrs) => {
      const [data, w] = alike(x);
      const group = numberAttr(attrs, 'group', 1);
      const [channels, perGroup, ...kernel] = knownDims(w.shape, `the weight '${w.name}'`);
      if (data.shape[1] !== channels)
        throw new ShapeError(`ConvTranspose of ${dimsText(data.shape)} with ${dimsText(w.shape)}: channels differ`);
      const { strides, pads, dilations } = windowOf(attrs, kernel);
      const extra = numbersAttr(attrs, 'output_padding') ?? kernel.map(() => 0);
      const spatial = kernel.map((size, i) => {
        const input = known(data.shape[i + 2], `axis ${i + 2} of '${data.name}'`);
        const pad = pads[i] + pads[i + kernel.length];
        return (input - 1) * strides[i] - pad + dilations[i] * (size - 1) + 1 + extra[i];
      });
      return [{ dtype: data.dtype, shape: [data.shape[0], (perGroup as number) * group, ...spatial] }];
    },
  ),
  /** Second output: flat index of every maximum in the whole input tensor. */
  MaxPool: row(1, { ...windowAttrs, dilations: 'ints' }, (x, attrs) => {
    const shape = pooled(x, attrs);
    return [
      { dtype: first(x).dtype, shape },
      { dtype: 'int64', shape },
    ];
  }),
  /** Inputs: values, indices (flat, as from MaxPool), output shape. */
  MaxUnpool: row(3, windowAttrs, (x) => {
    const shape = constant(x, 2);
    if (!sameDims(first(x).shape, first(x, 1).shape))
      throw new ShapeError('MaxUnpool: values and indices differ in shape');
    return [{ dtype: first(x).dtype, shape }];
  }),
  AveragePool: row(1, { ...windowAttrs, count_include_pad: 'int' }, (x, attrs) => [
    { dtype: first(x).dtype, shape: pooled(x, attrs) },
  ]),
  GlobalAveragePool: row(1, {}, (x) => {
    const { dtype, shape } = first(x);
    return [{ dtype, shape: shape.map((dim, axis) => (axis < 2 ? dim : 1)) }];
  }),
  /**
   * Inputs: x [N, C, ..]; scale, bias, mean, variance [C]. With training_mode 1, the statistics of the batch are
   * used, and outputs 1 and 2 are momentum·input + (1 − momentum)·statistic with the population variance.
   */
  BatchNormalization: row(5, { epsilon: 'float', momentum: 'float', training_mode: 'int' }, (x, attrs) => {
    const [data, ...perChannel] = alike(x);
    const [, channels] = data.shape;
    if (channels === undefined) throw new ShapeError(`${dimsText(data.shape)} has no axis of channels`);
    for (const { name, shape } of perChannel) {
      if (!sameDims(shape, [channels])) throw new ShapeError(`'${name}' is ${dimsText(shape)}, expected [${channels}]`);
    }
    if (numberAttr(attrs, 'training_mode', 0) === 0) return [like(data)];
    const statistic = { dtype: data.dtype, shape: [channels] };
    return [like(data), statistic, statistic];
  }),
  /**
   * Inputs: x, scale, bias (optional). Normalizes over all axes from `axis` on. Outputs 1 and 2: mean, 1 / standard
   * deviation.
   */
  LayerNormalization: row([2, 3], { axis: 'int', epsilon: 'float' }, (x, attrs) => {
    const [data, scale, bias] = alike(x);
    const axis = axisOf(numberAttr(attrs, 'axis', -1), data.shape.length);
    fits('the scale', scale.shape, data.shape.slice(axis));
    if (bias !== undefined) fits('the bias', bias.shape, data.shape.slice(axis));
    const statistic = { dtype: data.dtype, shape: data.shape.map((dim, i) => (i < axis ? dim : 1)) };
    return [like(data), statistic, statistic];
  }),
  /** y = x / (bias + alpha/size · Σ x²)^beta, summed over `size` neighboring channels; `size` must be odd. */
  LRN: row(1, { size: 'int', alpha: 'float', beta: 'float', bias: 'float' }, (x, attrs) => {
    if (numberAttr(attrs, 'size', 0) % 2 !== 1) throw new ShapeError(`a window of ${attrs.size} channels is not odd`);
    return [like(first(x))];
  }),
  /**
   * Inputs: x, an omitted region, scales or sizes (constants, one per axis of x). With `axes`, which are those of opset 18, sizes
   * are those of the axes, and may be values that are known only at run time.
   */
  Resize: row([1, 4], resizeAttrs, (x, attrs) => {
    const { dtype, shape, name } = first(x);
    if ((x[1] ?? null) !== null) throw new ShapeError('Resize with a region of interest is not supported');
    const axes = numbersAttr(attrs, 'axes');
    if (axes !== undefined) {
      const sizes = first(x, 3).tensor === undefined ? axes.map((axis) => `${name}/size${axis}`) : constant(x, 3);
      return [{ dtype, shape: axes.reduce<Dims>((all, axis, i) => all.with(axis, sizes[i] as Dim), shape) }];
    }
    if ((x[2] ?? null) === null) return [{ dtype, shape: constant(x, 3) }];
    const scales = constant(x, 2);
    if (scales.length !== shape.length) throw new ShapeError(`${scales.length} scales for ${dimsText(shape)}`);
    const sizes = shape.map((dim, i) =>
      scales[i] === 1 ? dim : Math.floor(Math.fround(scales[i] * known(dim, `axis ${i} of '${name}'`))),
    );
    return [{ dtype, shape: sizes }];
  }),
  /** Sizes of all axes, where they are known only at run time. */
  Shape: row(1, {}, (x) => [{ dtype: 'int64', shape: [first(x).shape.length] }]),
  ScatterElements: row(3, { axis: 'int', reduction: 'string' }, (x) => {
    needDType(first(x, 1), 'int64', 'int32');
    needDType(first(x, 2), first(x).dtype);
    if (!sameDims(first(x, 1).shape, first(x, 2).shape))
      throw new ShapeError('ScatterElements: indices and updates differ in shape');
    return [like(first(x))];
  }),
  /** Gathers slices along `axis`: the output has shape [...before, ...indices, ...after]. */
  Gather: row(2, { axis: 'int' }, (x, attrs) => {
    const { dtype, shape } = first(x);
    needDType(first(x, 1), 'int64', 'int32');
    const axis = axisOf(numberAttr(attrs, 'axis', 0), shape.length);
    return [{ dtype, shape: shape.toSpliced(axis, 1, ...first(x, 1).shape) }];
  }),
  GatherElements: row(2, { axis: 'int' }, (x) => {
    needDType(first(x, 1), 'int64', 'int32');
    return [{ dtype: first(x).dtype, shape: first(x, 1).shape }];
  }),
  /** Axes are the second input, a constant. */
  ReduceSum: row(2, { keepdims: 'int' }, (x, attrs) => [
    { dtype: first(x).dtype, shape: reduced(first(x).shape, constant(x, 1), numberAttr(attrs, 'keepdims', 1) === 1) },
  ]),
  ReduceMean: reduction,
  ReduceMax: reduction,
  ArgMax: row(1, { axis: 'int', keepdims: 'int' }, (x, attrs) => [
    {
      dtype: 'int64',
      shape: reduced(first(x).shape, [numberAttr(attrs, 'axis', 0)], numberAttr(attrs, 'keepdims', 1) === 1),
    },
  ]),
  Softmax: row(1, { axis: 'int' }, (x) => [like(first(x))]),
  LogSoftmax: row(1, { axis: 'int' }, (x) => [like(first(x))]),
  /** Outputs: the loss (a scalar for `mean` and `sum`, otherwise one per sample) and the log-probabilities. */
  SoftmaxCrossEntropyLoss: row(2, { reduction: 'string' }, (x, attrs) => {
    const [scores, labels] = [first(x), first(x, 1)];
    if (scores.shape.length !== 2 || !sameDims(labels.shape, scores.shape.slice(0, 1))) {
      throw new ShapeError(
        `SoftmaxCrossEntropyLoss needs [N, C] and [N], not ${dimsText(scores.shape)} and ${dimsText(labels.shape)}`,
      );
    }
    needDType(labels, 'int64', 'int32');
    return [{ dtype: scores.dtype, shape: attrs.reduction === 'none' ? labels.shape : [] }, like(scores)];
  }),
  /** Inputs: indices, depth (a constant), [off, on]. The new axis is inserted at `axis`. */
  OneHot: row(3, { axis: 'int' }, (x, attrs) => {
    const { shape } = first(x);
    const axis = axisOf(numberAttr(attrs, 'axis', -1), shape.length + 1);
    return [{ dtype: first(x, 2).dtype, shape: shape.toSpliced(axis, 0, constant(x, 1)[0] as number) }];
  }),
  Transpose: row(1, { perm: 'ints' }, (x, attrs) => {
    const { dtype, shape } = first(x);
    const perm = numbersAttr(attrs, 'perm') ?? everyAxis(shape).reverse();
    if ([...perm].sort((a, b) => a - b).join() !== everyAxis(shape).join())
      throw new ShapeError(`[${perm}] does not permute ${dimsText(shape)}`);
    return [{ dtype, shape: perm.map((axis) => shape[axis]) }];
  }),
  /** In the new shape, 0 copies the size of the input, and -1 is inferred. */
  Reshape: row(2, {}, (x) => [{ dtype: first(x).dtype, shape: reshaped(first(x), constant(x, 1)) }]),
  Flatten: row(1, { axis: 'int' }, (x, attrs) => {
    const { dtype, shape, name } = first(x);
    const axis = numberAttr(attrs, 'axis', 1);
    return [{ dtype, shape: [product(shape.slice(0, axis), `'${name}'`), product(shape.slice(axis), `'${name}'`)] }];
  }),
  Expand: row(2, {}, (x) => [{ dtype: first(x).dtype, shape: broadcast(first(x).shape, constant(x, 1)) }]),
  Concat: row(ANY_NUMBER, { axis: 'int' }, (x, attrs) => {
    const { dtype, shape } = first(x);
    const axis = axisOf(numberAttr(attrs, 'axis', 0), shape.length);
    let size = 0;
    for (const value of alike(x)) {
      if (!sameDims(value.shape.with(axis, 0), shape.with(axis, 0)))
        throw new ShapeError(`Concat along ${axis}: ${dimsText(value.shape)} next to ${dimsText(shape)}`);
      size += known(value.shape[axis], `axis ${axis} of '${value.name}'`);
    }
    return [{ dtype, shape: shape.with(axis, size) }];
  }),
  /** Sizes are the second input, a constant. */
  Split: row(2, { axis: 'int' }, (x, attrs) => {
    const { dtype, shape, name } = first(x);
    const axis = axisOf(numberAttr(attrs, 'axis', 0), shape.length);
    const sizes = constant(x, 1);
    if (sizes.reduce((a, b) => a + b, 0) !== shape[axis])
      throw new ShapeError(`Split of '${name}' ${dimsText(shape)} into [${sizes}]`);
    return sizes.map((size) => ({ dtype, shape: shape.with(axis, size) }));
  }),
  /** Inputs: data, starts, ends, axes, steps (constants; positive steps). */
  Slice: row(5, {}, (x) => {
    const { dtype, shape } = first(x);
    const [starts, ends, axes, steps] = [1, 2, 3, 4].map((at) => constant(x, at)) as [
      number[],
      number[],
      number[],
      number[],
    ];
    const result = [...shape];
    if (steps.some((step) => step < 1)) throw new ShapeError(`Slice with steps [${steps}]: steps must be positive`);
    axes.forEach((axis, i) => {
      const at = axisOf(axis, shape.length);
      const size = known(shape[at], `axis ${axis}`);
      const clamp = (index: number) => Math.min(size, Math.max(0, index < 0 ? index + size : index));
      result[at] = Math.max(0, Math.ceil((clamp(ends[i]) - clamp(starts[i])) / steps[i]));
    });
    return [{ dtype, shape: result }];
  }),
  /** Inputs: data, pads (a constant: before each axis, then after each; may be negative), the padding value. */
  Pad: row([2, 3], { mode: 'string' }, (x) => {
    const { dtype, shape, name } = first(x);
    const pads = constant(x, 1);
    return [
      {
        dtype,
        shape: shape.map((dim, i) => {
          const pad = pads[i] + pads[i + shape.length];
          if (pad === 0) return dim;
          const size = known(dim, `axis ${i} of '${name}'`) + pad;
          if (size < 0) throw new ShapeError(`${-pad} cells cannot be cropped from axis ${i} of ${dimsText(shape)}`);
          return size;
        }),
      },
    ];
  }),
  /** Product of optionally transposed matrices, times alpha (contrib op). */
  FusedMatMul: row(
    2,
    { transA: 'int', transB: 'int', alpha: 'float' },
    (x, attrs) => {
      const [a, b] = alike(x);
      const shape = matMulShape(
        transposed(a.shape, numberAttr(attrs, 'transA', 0) === 1),
        transposed(b.shape, numberAttr(attrs, 'transB', 0) === 1),
      );
      return [{ dtype: a.dtype, shape }];
    },
    'com.microsoft',
  ),
  /*
   * Blocked tensors of the CPU provider have shape [N, C, H, W] and the memory layout [N, C/b, H, W, b]. `block` is
   * b; it depends on the processor and is not written to files. The domain is internal to the runtime, so these ops are
   * used only in training steps, and only after the engine has verified them (src/engine/selfCheck.ts).
   */
  /**
   * [N, C, H, W] → blocked, with C padded with zeros to whole blocks. With channels_last, the input is [N, H, W, C].
   */
  BlockedInput: blockedRow('ReorderInput', [1, 1], { channels_last: 'int' }, ([x], attrs, block) => {
    const last = numberAttr(attrs, 'channels_last', 0) === 1;
    const channels = known(x.shape[last ? 3 : 1], 'channels');
    if (channels % 4 !== 0) throw new ShapeError(`${channels} is not a multiple of 4 channels`);
    const whole = Math.ceil(channels / block) * block;
    return last ? [x.shape[0], whole, x.shape[1], x.shape[2]] : x.shape.with(1, whole);
  }),
  /** Blocked → [N, channels, H, W]. */
  BlockedOutput: blockedRow('ReorderOutput', [1, 1], { channels: 'int' }, ([x], attrs, block) => {
    const channels = numberAttr(attrs, 'channels', 0);
    if (Math.ceil(channels / block) * block !== x.shape[1])
      throw new ShapeError(`${channels} of ${x.shape[1]} channels`);
    return x.shape.with(1, channels);
  }),
  /**
   * Inputs: x, w, b, and a tensor that is added to the result. x is blocked, or plain if it has fewer channels than a
   * block. The memory layout of w [F, C, kh, kw] is [F/b, C/b, kh, kw, b of C, b of F], or [F/b, C, kh, kw, b] for
   * plain x and for one group per channel.
   */
  BlockedConv: blockedRow(
    'Conv',
    [2, 4],
    { ...windowAttrs, dilations: 'ints', group: 'int' },
    ([x, w], attrs, block) => {
      const [features, perGroup, ...kernel] = knownDims(w.shape, `the weight '${w.name}'`);
      const group = numberAttr(attrs, 'group', 1);
      const channels = (perGroup as number) * group;
      const single = group === 1 || (group === features && perGroup === 1);
      if (!single || x.shape[1] !== channels)
        throw new ShapeError(`a convolution of ${dimsText(x.shape)} with ${dimsText(w.shape)}: channels differ`);
      if ((features as number) % block !== 0 || (channels % block !== 0 && channels > block))
        throw new ShapeError(`${dimsText(w.shape)} is not divisible into blocks of ${block}`);
      return [x.shape[0], features as number, ...windowedShape(x, attrs, kernel)];
    },
  ),
  /** Part of an ONNX model that is run as it is; the types of its outputs are in its fragment. */
  Operator: row([0, ANY_NUMBER[1]], {}, () => {
    throw new ShapeError('it has no fragment');
  }),
} satisfies Record<string, OpRow>;

export type OpName = keyof typeof ops;

/** A row of the table by name, with the general type of rows. */
export const opRow = (name: OpName): OpRow => ops[name];

/** Types of the outputs of `op`. Throws a ShapeError that names the op. */
export function inferOp(
  op: OpName,
  name: string,
  inputs: readonly (Value | null)[],
  attrs: Attrs,
  fragment?: Fragment,
): readonly OutputType[] {
  if (fragment !== undefined) return fragment.outputs;
  const { arity, attrs: allowed, infer } = opRow(op);
  try {
    if (inputs.length < arity[0] || inputs.length > arity[1])
      throw new ShapeError(`${inputs.length} inputs, expected ${arity.join(' to ')}`);
    for (const attr of Object.keys(attrs))
      if (!(attr in allowed)) throw new ShapeError(`there is no attribute '${attr}'`);
    return infer(inputs, attrs);
  } catch (error) {
    if (error instanceof ShapeError) throw new ShapeError(`${op} '${name}': ${error.message}`);
    throw error;
  }
}
