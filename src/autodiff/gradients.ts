import { numberAttr, numbersAttr } from '../ir/attrs.ts';
import type { Builder } from '../ir/builder.ts';
import type { OpName } from '../ir/ops.ts';
import type { Value } from '../ir/program.ts';
import { axisOf } from '../ir/shape.ts';
import { elementCount, numbersOf } from '../ir/tensor.ts';
import { convGradient, convTransposeGradient } from './convolution.ts';
import { batchNormalizationGradient, layerNormalizationGradient, lrnGradient } from './normalization.ts';
import { averagePoolGradient, maxPoolGradient } from './pooling.ts';
import { resizeGradient } from './resize.ts';
import { type GradientRule, notDifferentiable, type RuleArgs } from './rule.ts';

/** The values of a constant input. */
const constantAt = ({ x }: RuleArgs, at: number): number[] => {
  const tensor = x[at].tensor;
  if (tensor === undefined) throw new Error(`'${x[at].name}' must be a constant`);
  return numbersOf(tensor);
};

/** Restores the axes removed by a reduction, so that the gradient broadcasts over them. */
function restoreAxes(g: Builder, x: Value, dy: Value, axes: readonly number[]): Value {
  const gone = new Set(axes.map((axis) => axisOf(axis, x.shape.length)));
  return g.reshapeLike(
    dy,
    x.shape.map((dim, i) => (gone.has(i) ? 1 : dim)),
  );
}

/** The gradient broadcast over the reduced axes to the shape of `x`. */
const spread = (g: Builder, x: Value, dy: Value, axes: readonly number[]): Value =>
  g.expand(restoreAxes(g, x, dy, axes), g.sizes(x));

const allAxes = (x: Value): number[] => x.shape.map((_, i) => i);

/** Gradients of op(A)·op(B) for the four cases of transposition. */
function productGradient(g: Builder, a: Value, b: Value, dy: Value, transA: boolean, transB: boolean): [Value, Value] {
  const da = transA ? g.matMulT(b, dy, { transA: transB, transB: true }) : g.matMulT(dy, b, { transB: !transB });
  const db = transB ? g.matMulT(dy, a, { transA: true, transB: transA }) : g.matMulT(a, dy, { transA: !transA });
  return [da, db];
}

/**
 * 1 above 0, otherwise 0. A steep HardSigmoid is exact for every normal float and much faster than Greater (measured).
 */
const isPositive = (g: Builder, x: Value): Value => g.hardSigmoid(x, 3e38, 0);

/** 1 above 0, otherwise `below`. Exact for 0 ≤ below ≤ 1, and takes half the time of Where (measured). */
const bentSlope = (g: Builder, x: Value, below: Value): Value =>
  g.add(g.mul(isPositive(g, x), g.sub(g.scalar(1), below)), below);

/** Passes the gradient to the operand that equals the result; of several, to the first. */
function winnerTakes(g: Builder, { x, y: [y], dy }: RuleArgs, loses: (a: Value, b: Value) => Value): Value[] {
  const zero = g.scalar(0);
  if (x.length === 2) {
    const second = loses(x[0], x[1]);
    return [g.where(second, zero, dy), g.where(second, dy, zero)];
  }
  let rest = dy;
  return x.map((value, i) => {
    if (i === x.length - 1) return rest;
    const wins = g.equal(value, y);
    const part = g.where(wins, rest, zero);
    rest = g.where(wins, zero, rest);
    return part;
  });
}

/**
 * The gradient of every op of the IR. Rules never mention broadcasting (backward.ts undoes it once) and emit ordinary
 * ops. Formulas: Griewank and Walther, "Evaluating Derivatives" (2008), unless a line says otherwise.
 */
export const gradients = {
  Add: (_, { dy }) => [dy, dy],
  Sub: (g, { dy }) => [dy, g.neg(dy)],
  Mul: (g, { x: [a, b], dy }) => [g.mul(dy, b), g.mul(dy, a)],
  // d(a/b) = da/b − y·db/b
  Div: (g, { x: [, b], y: [y], dy }) => {
    const da = g.div(dy, b);
    return [da, g.neg(g.mul(da, y))];
  },
  Neg: (g, { dy }) => [g.neg(dy)],
  Exp: (g, { y: [y], dy }) => [g.mul(dy, y)],
  Log: (g, { x: [x], dy }) => [g.div(dy, x)],
  Sqrt: (g, { y: [y], dy }) => [g.div(dy, g.add(y, y))],
  // At x = 0, the slope is 0.
  Relu: (g, { y: [y], dy }) => [g.mul(dy, isPositive(g, y))],
  // dy·(y − y²)
  Sigmoid: (g, { y: [y], dy }) => [g.mul(dy, g.sub(y, g.mul(y, y)))],
  Tanh: (g, { y: [y], dy }) => [g.mul(dy, g.sub(g.scalar(1), g.mul(y, y)))],
  Identity: (_, { dy }) => [dy],
  // alpha inside (0, 1), 0 where the result is clipped
  HardSigmoid: (g, { y: [y], dy, attrs }) => {
    const inside = g.cast(g.greater(g.mul(y, g.sub(g.scalar(1), y)), g.scalar(0)), 'float32');
    return [g.mul(g.mul(dy, inside), g.scalar(numberAttr(attrs, 'alpha', 0.2)))];
  },
  Abs: (g, { x: [x], dy }) => [g.mul(dy, g.sign(x))],
  Sign: notDifferentiable,
  // 2/√π·exp(−x²)
  Erf: (g, { x: [x], dy }) => [g.mul(dy, g.mul(g.exp(g.neg(g.square(x))), g.scalar(2 / Math.sqrt(Math.PI))))],
  Softplus: (g, { x: [x], dy }) => [g.mul(dy, g.sigmoid(x))],
  // At x = 0, the slope of these three ops is the one for negative x, as in PyTorch.
  LeakyRelu: (g, { x: [x], dy, attrs }) => [g.mul(dy, bentSlope(g, x, g.scalar(numberAttr(attrs, 'alpha', 0.01))))],
  // below: alpha·eˣ = y + alpha; above: min(y, 0) = 0
  Elu: (g, { x: [x], y: [y], dy, attrs }) => {
    const alpha = g.scalar(numberAttr(attrs, 'alpha', 1));
    return [g.mul(dy, g.add(g.min([y, g.scalar(0)]), bentSlope(g, x, alpha)))];
  },
  PRelu: (g, { x: [x, slope], dy }) => [g.mul(dy, bentSlope(g, x, slope)), g.mul(dy, g.min([x, g.scalar(0)]))],
  Sum: (_, { x, dy }) => x.map(() => dy),
  Max: (g, args) => winnerTakes(g, args, (a, b) => g.less(a, b)),
  Min: (g, args) => winnerTakes(g, args, (a, b) => g.greater(a, b)),
  Equal: notDifferentiable,
  Greater: notDifferentiable,
  Less: notDifferentiable,
  Not: notDifferentiable,
  Where: (g, { x: [condition], dy }) => [
    null,
    g.where(condition, dy, g.scalar(0)),
    g.where(condition, g.scalar(0), dy),
  ],
  Cast: notDifferentiable,
  MatMul: (g, { x: [a, b], dy }) => productGradient(g, a, b, dy, false, false),
  FusedMatMul: (g, { x: [a, b], dy, attrs }) => {
    const scaled = g.mul(dy, g.scalar(numberAttr(attrs, 'alpha', 1)));
    return productGradient(g, a, b, scaled, numberAttr(attrs, 'transA', 0) === 1, numberAttr(attrs, 'transB', 0) === 1);
  },
  // y = alpha·A'·B' + beta·C
  Gemm: (g, { x: [a, b, c], dy, attrs }) => {
    const [alpha, beta] = [numberAttr(attrs, 'alpha', 1), numberAttr(attrs, 'beta', 1)];
    const transA = numberAttr(attrs, 'transA', 0) === 1;
    const transB = numberAttr(attrs, 'transB', 0) === 1;
    const da = transA
      ? g.gemm(b, dy, null, { transA: transB, transB: true, alpha })
      : g.gemm(dy, b, null, { transB: !transB, alpha });
    const db = transB
      ? g.gemm(dy, a, null, { transA: true, transB: transA, alpha })
      : g.gemm(a, dy, null, { transA: !transA, alpha });
    if (c === undefined) return [da, db];
    return [da, db, beta === 1 ? dy : g.mul(dy, g.scalar(beta))];
  },
  Conv: convGradient,
  ConvTranspose: convTransposeGradient,
  MaxPool: maxPoolGradient,
  // Gathers the gradient at the indices to which the values were scattered.
  MaxUnpool: (g, { x: [x, indices], dy }) => {
    const flat = g.gather(g.reshape(dy, [-1]), g.reshape(indices, [-1]), 0);
    return [g.reshape(flat, g.sizes(x)), null, null];
  },
  AveragePool: averagePoolGradient,
  GlobalAveragePool: (g, { x: [x], dy }) => {
    const shape = g.sizes(x);
    const cells = shape.slice(2).reduce((a, b) => a * b, 1);
    return [g.expand(g.mul(dy, g.scalar(1 / cells)), shape)];
  },
  BatchNormalization: batchNormalizationGradient,
  LayerNormalization: layerNormalizationGradient,
  LRN: lrnGradient,
  Resize: resizeGradient,
  // With reduction 'add', the gradient of data is dY, and that of updates is gathered.
  ScatterElements: (g, { x: [, indices], dy, attrs }) => {
    if (attrs.reduction !== 'add')
      throw new Error(`ScatterElements with reduction '${attrs.reduction}' has no gradient here`);
    return [dy, null, g.gatherElements(dy, indices, numberAttr(attrs, 'axis', 0))];
  },
  Gather: (g, { x: [x, indices], dy, attrs }) => {
    const shape = g.sizes(x);
    const axis = axisOf(numberAttr(attrs, 'axis', 0), shape.length);
    const flat = [...shape.slice(0, axis), elementCount(g.sizes(indices)), ...shape.slice(axis + 1)];
    const row = g.reshape(
      indices,
      flat.map((size, i) => (i === axis ? size : 1)),
    );
    return [g.scatterAdd(g.zeros(shape), g.expand(row, flat), g.reshape(dy, flat), axis), null];
  },
  GatherElements: (g, { x: [x, indices], dy, attrs }) => [
    g.scatterAdd(g.zeros(g.sizes(x)), indices, dy, numberAttr(attrs, 'axis', 0)),
    null,
  ],
  ReduceSum: (g, args) => [spread(g, args.x[0], args.dy, constantAt(args, 1)), null],
  ReduceMean: (g, { x: [x], dy, attrs }) => {
    const axes = numbersAttr(attrs, 'axes') ?? allAxes(x);
    const count = axes.reduce((total, axis) => total * g.size(x, axis), 1);
    return [spread(g, x, g.mul(dy, g.scalar(1 / count)), axes)];
  },
  // Equal maxima share the gradient equally.
  ReduceMax: (g, { x: [x], y: [y], dy, attrs }) => {
    const axes = numbersAttr(attrs, 'axes') ?? allAxes(x);
    const hit = g.cast(g.equal(x, restoreAxes(g, x, y, axes)), 'float32');
    return [g.mul(hit, g.div(restoreAxes(g, x, dy, axes), g.reduceSum(hit, axes, true)))];
  },
  ArgMax: notDifferentiable,
  // y·(dy − Σ dy·y)
  Softmax: (g, { y: [y], dy, attrs }) => {
    const weighted = g.mul(dy, y);
    return [g.sub(weighted, g.mul(y, g.reduceSum(weighted, [numberAttr(attrs, 'axis', -1)], true)))];
  },
  // dy − softmax·Σ dy
  LogSoftmax: (g, { y: [y], dy, attrs }) => [
    g.sub(dy, g.mul(g.exp(y), g.reduceSum(dy, [numberAttr(attrs, 'axis', -1)], true))),
  ],
  // (softmax − onehot)·dy, divided by the batch size for a mean. The log-probabilities have no gradient of their own.
  SoftmaxCrossEntropyLoss: (g, { x: [scores, labels], y: [, logProbabilities], dy, attrs }) => {
    const error = g.sub(g.exp(logProbabilities), g.oneHot(labels, g.size(scores, 1)));
    if (attrs.reduction === 'none') return [g.mul(error, g.reshape(dy, [-1, 1])), null];
    const scale = attrs.reduction === 'mean' ? g.mul(dy, g.scalar(1 / g.size(scores, 0))) : dy;
    return [g.mul(error, scale), null];
  },
  OneHot: notDifferentiable,
  Shape: notDifferentiable,
  Transpose: (g, { x: [x], dy, attrs }) => {
    const perm = numbersAttr(attrs, 'perm') ?? allAxes(x).reverse();
    return [
      g.transpose(
        dy,
        allAxes(x).map((axis) => perm.indexOf(axis)),
      ),
    ];
  },
  Reshape: (g, { x: [x], dy }) => [g.reshapeLike(dy, x.shape), null],
  Flatten: (g, { x: [x], dy }) => [g.reshapeLike(dy, x.shape)],
  Expand: (_, { dy }) => [dy, null],
  Concat: (g, { x, dy, attrs }) => {
    const axis = axisOf(numberAttr(attrs, 'axis', 0), dy.shape.length);
    return g.split(
      dy,
      x.map((value) => g.size(value, axis)),
      axis,
    );
  },
  Split: (g, { y, dys, attrs }) => [
    g.concat(
      y.map((value, i) => dys[i] ?? g.zeros(g.sizes(value))),
      numberAttr(attrs, 'axis', 0),
    ),
    null,
  ],
  // Inserts zeros between the steps, then before and after.
  Slice: (g, args) => {
    const [x] = args.x;
    const [starts, , axes, steps] = [1, 2, 3, 4].map((at) => constantAt(args, at));
    let dx = args.dy;
    axes.forEach((axis, i) => {
      dx = unslice(g, dx, axisOf(axis, x.shape.length), g.size(x, axis), starts[i], steps[i]);
    });
    return [dx, null, null, null, null];
  },
  // The gradient of padding is cropping, and of cropping padding.
  Pad: (g, args) => {
    const pads = constantAt(args, 1).map((pad) => -pad);
    const rank = args.dy.shape.length;
    return [g.pad(args.dy, pads.slice(0, rank), pads.slice(rank)), null, null];
  },
  // The blocked ops are introduced after differentiation, so they need no rule.
  BlockedInput: notDifferentiable,
  BlockedOutput: notDifferentiable,
  BlockedConv: notDifferentiable,
  // Its ops are not known here, so layers before it get no gradient.
  Operator: notDifferentiable,
} satisfies Record<OpName, GradientRule>;

/** Inserts the gradient of a slice at its position along an axis, with zeros elsewhere. */
function unslice(g: Builder, dy: Value, axis: number, size: number, start: number, step: number): Value {
  const shape = g.sizes(dy);
  const count = shape[axis];
  const at = (value: number): number[] => shape.map((_, i) => (i === axis ? value : 0));
  let spaced = dy;
  if (step > 1) {
    const open = g.reshape(dy, shape.toSpliced(axis + 1, 0, 1));
    const zeros = [...shape, 0].map((_, i) => (i === axis + 1 ? step - 1 : 0));
    const filled = g.pad(
      open,
      zeros.map(() => 0),
      zeros,
    );
    spaced = g.reshape(filled, shape.with(axis, count * step));
  }
  const from = start < 0 ? start + size : Math.min(start, size);
  return g.pad(spaced, at(from), at(size - from - count * step));
}
