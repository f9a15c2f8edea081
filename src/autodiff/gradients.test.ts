import { describe, expect, it } from 'vitest';
import { Builder, type Window } from '../ir/builder.ts';
import { interpret } from '../ir/interpret.ts';
import { type OpName, ops } from '../ir/ops.ts';
import type { Program, Value } from '../ir/program.ts';
import { CPU, PORTABLE, type Target, WEBGPU } from '../ir/target.ts';
import { elementCount, floatTensor, intTensor } from '../ir/tensor.ts';
import { verifyProgram } from '../ir/verify.ts';
import { random } from '../random/philox.ts';
import { backward } from './backward.ts';
import { gradients } from './gradients.ts';
import { notDifferentiable } from './rule.ts';

/** An op applied to inputs of the given shapes, with values in a range without kinks. */
interface Case {
  readonly op: OpName;
  readonly what: string;
  readonly shapes: readonly (readonly number[])[];
  readonly range?: readonly [number, number];
  readonly target?: Target;
  readonly emit: (g: Builder, x: readonly Value[]) => Value;
}

const c = (op: OpName, what: string, shapes: Case['shapes'], emit: Case['emit'], rest: Partial<Case> = {}): Case => ({
  op,
  what,
  shapes,
  emit,
  ...rest,
});

const win = (kernel: number[], strides = [1, 1], pads = [0, 0, 0, 0], dilations = [1, 1]): Window => ({
  kernel,
  strides,
  pads,
  dilations,
});

const conv = (what: string, x: number[], w: number[], window: Window, group = 1, rest: Partial<Case> = {}): Case =>
  c('Conv', what, [x, w, [w[0]]], (g, [data, weight, bias]) => g.conv(data, weight, bias, window, group), rest);

const pool = (op: 'MaxPool' | 'AveragePool', what: string, x: number[], window: Window, countPad = true): Case =>
  c(op, what, [x], (g, [data]) => (op === 'MaxPool' ? g.maxPool(data, window) : g.averagePool(data, window, countPad)));

const transposed = [
  ['', false, false],
  ["A'", true, false],
  ["B'", false, true],
  ["A'B'", true, true],
] as const;

const matrices = (transA: boolean, transB: boolean): number[][] => [transA ? [3, 2] : [2, 3], transB ? [4, 3] : [3, 4]];

const labels = (g: Builder): Value => g.constant(intTensor([3], [2, 0, 3]), 'labels');

/** Mean and variance of four channels. */
const statistics = (g: Builder): [Value, Value] => [
  g.constant(floatTensor([4], [0.1, -0.2, 0.3, 0.4])),
  g.constant(floatTensor([4], [1, 2, 0.5, 0.25])),
];

const cases: readonly Case[] = [
  c(
    'Add',
    'broadcast both ways',
    [
      [3, 1],
      [2, 1, 4],
    ],
    (g, [a, b]) => g.add(a, b),
  ),
  c('Sub', 'broadcast scalar', [[2, 3], []], (g, [a, b]) => g.sub(a, b)),
  c('Sub', 'the same operand twice', [[2, 3]], (g, [a]) => g.sub(g.mul(a, a), a)),
  c('Mul', 'broadcast', [[2, 3], [3]], (g, [a, b]) => g.mul(a, b)),
  c(
    'Div',
    'broadcast',
    [
      [2, 3],
      [2, 1],
    ],
    (g, [a, b]) => g.div(a, b),
    { range: [0.5, 2] },
  ),
  c('Neg', '', [[2, 3]], (g, [x]) => g.neg(x)),
  c('Exp', '', [[2, 3]], (g, [x]) => g.exp(x)),
  c('Log', '', [[2, 3]], (g, [x]) => g.log(x), { range: [0.5, 2] }),
  c('Sqrt', '', [[2, 3]], (g, [x]) => g.sqrt(x), { range: [0.5, 2] }),
  c('Relu', 'above', [[2, 3]], (g, [x]) => g.relu(x), { range: [0.5, 2] }),
  c('Relu', 'below and above', [[40]], (g, [x]) => g.relu(x)),
  c('Sigmoid', '', [[2, 3]], (g, [x]) => g.sigmoid(x)),
  c('Tanh', '', [[2, 3]], (g, [x]) => g.tanh(x)),
  c('Identity', '', [[2, 3]], (g, [x]) => g.identity(x)),
  c('HardSigmoid', 'inside', [[2, 3]], (g, [x]) => g.hardSigmoid(x, 0.2, 0.5)),
  c('HardSigmoid', 'clipped', [[20]], (g, [x]) => g.hardSigmoid(x, 3, 0)),
  c('Abs', '', [[20]], (g, [x]) => g.abs(x)),
  c('Erf', '', [[2, 3]], (g, [x]) => g.erf(x)),
  c('Softplus', '', [[20]], (g, [x]) => g.softplus(x), { range: [-30, 30] }),
  c('LeakyRelu', '', [[20]], (g, [x]) => g.leakyRelu(x, 0.1)),
  c('LeakyRelu', 'steeper below', [[20]], (g, [x]) => g.leakyRelu(x, 1.5)),
  c('Elu', '', [[20]], (g, [x]) => g.elu(x, 0.7)),
  c(
    'PRelu',
    'a slope for each channel',
    [
      [2, 3, 4],
      [3, 1],
    ],
    (g, [x, slope]) => g.prelu(x, slope),
  ),
  c('PRelu', 'one slope', [[20], [1]], (g, [x, slope]) => g.prelu(x, slope)),
  c('Mul', 'hardSwish', [[30]], (g, [x]) => g.hardSwish(x), { range: [-5, 5] }),
  c('Mul', 'silu', [[20]], (g, [x]) => g.silu(x)),
  c('Mul', 'gelu', [[20]], (g, [x]) => g.gelu(x, 'none')),
  c('Mul', 'gelu by tanh', [[20]], (g, [x]) => g.gelu(x, 'tanh')),
  c('Max', 'two, broadcast', [[4, 5], [5]], (g, x) => g.max(x)),
  c('Max', 'three, broadcast', [[4, 5], [5], [4, 1]], (g, x) => g.max(x)),
  c(
    'Min',
    'two, broadcast',
    [
      [4, 5],
      [4, 1],
    ],
    (g, x) => g.min(x),
  ),
  c('Min', 'three, broadcast', [[4, 5], [], [4, 1]], (g, x) => g.min(x)),
  c('Min', 'one', [[4]], (g, x) => g.min(x)),
  c('Sum', 'three of different shapes', [[2, 3], [3], [2, 1]], (g, x) => g.sum(x)),
  c('Where', 'broadcast', [[2, 3], [3]], (g, [a, b]) => {
    const tensor = { dtype: 'bool', shape: [2, 1], data: Uint8Array.of(1, 0) } as const;
    return g.where(g.constant(tensor), a, b);
  }),
  c(
    'MatMul',
    'batched against one',
    [
      [2, 3, 4],
      [4, 5],
    ],
    (g, [a, b]) => g.matMul(a, b),
  ),
  ...transposed.flatMap(([what, transA, transB]) => [
    c('Gemm', `${what} with bias`, [...matrices(transA, transB), [4]], (g, [a, b, bias]) =>
      g.gemm(a, b, bias, { transA, transB, alpha: 0.5 }),
    ),
    ...(transA || transB
      ? [
          c('FusedMatMul', what, matrices(transA, transB), (g, [a, b]) => g.matMulT(a, b, { transA, transB }), {
            target: CPU,
          }),
        ]
      : []),
  ]),
  conv('1x1', [2, 3, 4, 5], [4, 3, 1, 1], win([1, 1])),
  conv('1x1 stride 2', [2, 3, 5, 5], [4, 3, 1, 1], win([1, 1], [2, 2])),
  conv('3x3 pad 1', [2, 3, 5, 6], [4, 3, 3, 3], win([3, 3], [1, 1], [1, 1, 1, 1])),
  conv('3x3 stride 2 with cells left over', [2, 2, 8, 7], [3, 2, 3, 3], win([3, 3], [2, 2])),
  conv('5x5 pad 2, two stages', [2, 2, 6, 7], [3, 2, 5, 5], win([5, 5], [1, 1], [2, 2, 2, 2])),
  conv('5x5 stride 3', [1, 2, 11, 9], [2, 2, 5, 5], win([5, 5], [3, 3], [1, 1, 1, 1])),
  conv('uneven pads', [1, 2, 5, 5], [2, 2, 2, 2], win([2, 2], [1, 1], [0, 0, 1, 1])),
  conv('dilated', [1, 2, 7, 7], [2, 2, 3, 3], win([3, 3], [2, 1], [1, 2, 1, 2], [2, 2])),
  conv('7x1', [1, 2, 8, 3], [2, 2, 7, 1], win([7, 1], [1, 1], [3, 0, 3, 0])),
  conv('1x7', [1, 2, 3, 8], [2, 2, 1, 7], win([1, 7], [1, 1], [0, 3, 0, 3])),
  conv('groups', [2, 4, 5, 5], [6, 2, 3, 3], win([3, 3], [1, 1], [1, 1, 1, 1]), 2),
  conv('depthwise stride 2', [2, 3, 5, 5], [6, 1, 3, 3], win([3, 3], [2, 2], [1, 1, 1, 1]), 3),
  conv('many channels, kernels turned', [1, 16, 4, 4], [16, 16, 3, 3], win([3, 3], [1, 1], [1, 1, 1, 1])),
  conv('large batch, cut', [4, 8, 56, 56], [1, 8, 3, 3], win([3, 3], [2, 2])),
  conv('on the CPU', [2, 3, 5, 6], [4, 3, 3, 3], win([3, 3], [1, 1], [1, 1, 1, 1]), 1, { target: CPU }),
  c(
    'ConvTranspose',
    'stride 2',
    [
      [2, 3, 4, 4],
      [3, 2, 3, 3],
    ],
    (g, [x, w]) => g.convTranspose(x, w, win([3, 3], [2, 2], [1, 1, 1, 1]), [1, 1]),
  ),
  c(
    'ConvTranspose',
    'groups',
    [
      [1, 4, 3, 3],
      [4, 1, 2, 2],
    ],
    (g, [x, w]) => g.convTranspose(x, w, win([2, 2]), [0, 0], 2),
  ),
  pool('MaxPool', '2x2', [2, 3, 4, 6], win([2, 2], [2, 2])),
  pool('MaxPool', '2x2 with cells left over', [2, 2, 5, 7], win([2, 2], [2, 2])),
  pool('MaxPool', 'dilated', [2, 2, 9, 8], win([3, 2], [2, 1], [1, 0, 1, 0], [2, 3])),
  pool('MaxPool', '3x3 stride 2 pad 1', [2, 2, 7, 8], win([3, 3], [2, 2], [1, 1, 1, 1])),
  c('MaxUnpool', '2x2', [[1, 1, 4, 4]], (g, [x]) => {
    const [y, indices] = g.emit('MaxPool', [x], { kernel_shape: [2, 2], strides: [2, 2] });
    return g.emit('MaxUnpool', [g.mul(y, y), indices, g.ints([1, 1, 4, 4])], {
      kernel_shape: [2, 2],
      strides: [2, 2],
    })[0];
  }),
  pool('AveragePool', '2x2', [2, 3, 4, 6], win([2, 2], [2, 2])),
  pool('AveragePool', '2x2 with cells left over', [2, 2, 5, 7], win([2, 2], [2, 2])),
  pool('AveragePool', '3x3 stride 2 pad 1', [2, 2, 7, 8], win([3, 3], [2, 2], [1, 1, 1, 1])),
  pool('AveragePool', '3x3 pad 1, padding not counted', [2, 2, 5, 6], win([3, 3], [1, 1], [1, 1, 1, 1]), false),
  c('GlobalAveragePool', '', [[2, 3, 4, 5]], (g, [x]) => g.globalAveragePool(x)),
  ...[
    { what: 'images', shape: [3, 4, 2, 5], mean: 0 },
    { what: 'rows', shape: [6, 4], mean: 0 },
    { what: 'rows far from 0', shape: [6, 4], mean: 100 },
    { what: 'one axis', shape: [3, 4, 5], mean: 0 },
  ].flatMap(({ what, shape, mean }) => [
    c('BatchNormalization', `${what}, given statistics`, [shape, [4], [4]], (g, [x, scale, bias]) =>
      g.batchNorm(x, scale, bias, ...statistics(g), 1e-3),
    ),
    ...[CPU, PORTABLE].map((target) =>
      c(
        'BatchNormalization',
        `${what}, training, ${target.batchNormTraining ? 'one op' : 'in parts'}`,
        [shape, [4], [4]],
        (g, [x, scale, bias]) => {
          const { y } = g.batchNormTrain(g.add(x, g.scalar(mean)), scale, bias, 1e-3);
          return g.tanh(y);
        },
        { target },
      ),
    ),
  ]),
  c('LayerNormalization', 'last axis', [[3, 4], [4], [4]], (g, [x, w, b]) => g.layerNorm(x, w, b, -1, 1e-3)),
  c(
    'LayerNormalization',
    'three axes, no bias',
    [
      [2, 3, 2, 2],
      [3, 2, 2],
    ],
    (g, [x, w]) => g.layerNorm(x, w, null, 1, 1e-3),
  ),
  c('LayerNormalization', 'scale repeated', [[2, 3, 4], [4], [3, 1]], (g, [x, w, b]) => g.layerNorm(x, w, b, 1, 1e-3)),
  ...[1, 3, 5, 2, 4].map((size) =>
    c(size % 2 === 1 ? 'LRN' : 'AveragePool', `local response of ${size} channels`, [[2, 6, 2, 3]], (g, [x]) =>
      g.localResponseNorm(x, { size, alpha: 0.5, beta: 0.75, k: 1 }),
    ),
  ),
  c('Resize', 'nearest, whole factors', [[2, 3, 2, 3]], (g, [x]) => g.resize(x, [4, 9], { mode: 'nearest' })),
  c('Resize', 'linear', [[2, 3, 4, 3]], (g, [x]) => g.resize(x, [7, 5], { mode: 'linear' })),
  c('Resize', 'linear, smaller', [[1, 2, 6, 7]], (g, [x]) => g.resize(x, [4, 3], { mode: 'linear' })),
  c('Resize', 'linear, factors', [[1, 2, 5, 3]], (g, [x]) =>
    g.resize(x, [7, 4], { mode: 'linear', factors: [1.5, 1.5] }),
  ),
  c('Resize', 'linear, corners', [[1, 2, 4, 3]], (g, [x]) =>
    g.resize(x, [7, 6], { mode: 'linear', alignCorners: true }),
  ),
  c('Resize', 'nearest by sizes', [[1, 2, 3, 4]], (g, [x]) => {
    const attrs = { mode: 'nearest', coordinate_transformation_mode: 'asymmetric', nearest_mode: 'floor' };
    return g.emit('Resize', [x, null, null, g.ints([1, 2, 5, 6])], attrs)[0];
  }),
  c('Gather', 'nearest, broken factors', [[2, 3, 4, 5]], (g, [x]) => g.resize(x, [7, 8], { mode: 'nearest' })),
  c('Gather', 'nearest, a factor without effect on one axis', [[1, 2, 4, 3]], (g, [x]) =>
    g.resize(x, [5, 3], { mode: 'nearest', factors: [1.25, 1.25] }),
  ),
  c('Gather', 'matrix of indices', [[4, 3]], (g, [x]) => g.gather(x, g.constant(intTensor([2, 2], [1, 3, 1, 0])), 0)),
  c('ScatterElements', 'add, an index twice', [[4], [3]], (g, [data, updates]) =>
    g.scatterAdd(data, g.constant(intTensor([3], [1, 3, 1])), updates, 0),
  ),
  c('Gather', 'an index twice', [[4]], (g, [x]) => g.gather(x, g.constant(intTensor([3], [1, 3, 1])), 0)),
  c('GatherElements', 'columns', [[2, 3]], (g, [x]) =>
    g.gatherElements(x, g.constant(intTensor([2, 2], [0, 2, 1, 1])), 1),
  ),
  c('ReduceSum', 'axes kept', [[2, 3, 4]], (g, [x]) => g.reduceSum(x, [0, 2], true)),
  c('ReduceSum', 'axes dropped', [[2, 3, 4]], (g, [x]) => g.reduceSum(x, [1, -1])),
  c('ReduceMean', 'axes dropped', [[2, 3, 4]], (g, [x]) => g.reduceMean(x, [0, 2])),
  c('ReduceMax', '', [[2, 3, 4]], (g, [x]) => g.emit('ReduceMax', [x], { axes: [1], keepdims: 0 })[0]),
  c('Softmax', 'last axis', [[3, 4]], (g, [x]) => g.softmax(x, -1)),
  c('Softmax', 'middle axis', [[2, 3, 4]], (g, [x]) => g.softmax(x, 1)),
  c('LogSoftmax', '', [[3, 4]], (g, [x]) => g.logSoftmax(x, -1)),
  ...(['mean', 'sum', 'none'] as const).map((reduction) =>
    c(
      'SoftmaxCrossEntropyLoss',
      reduction,
      [[3, 4]],
      (g, [x]) => g.emit('SoftmaxCrossEntropyLoss', [x, labels(g)], { reduction })[0],
    ),
  ),
  c('Transpose', '', [[2, 3, 4]], (g, [x]) => g.transpose(x, [2, 0, 1])),
  c('Reshape', '', [[2, 3, 4]], (g, [x]) => g.reshape(x, [0, -1])),
  c('Flatten', '', [[2, 3, 4]], (g, [x]) => g.flatten(x)),
  c('Expand', '', [[3, 1]], (g, [x]) => g.expand(x, [2, 3, 4])),
  c(
    'Concat',
    '',
    [
      [2, 1],
      [2, 3],
    ],
    (g, x) => g.concat(x, 1),
  ),
  c('Split', 'one part unused', [[2, 6]], (g, [x]) => {
    const [a, , b] = g.split(x, [1, 3, 2], 1);
    return g.concat([g.mul(b, b), a], 1);
  }),
  c('Slice', '', [[2, 6]], (g, [x]) => g.slice(x, 1, 1, 4)),
  c('Slice', 'steps', [[2, 7]], (g, [x]) => g.slice(x, 1, 1, 7, 2)),
  c('Slice', 'steps from the back', [[2, 3, 7]], (g, [x]) => g.slice(x, -1, -6, 7, 3)),
  c('Pad', 'pads and crops', [[3, 4]], (g, [x]) => g.pad(x, [1, -1], [2, 0])),
];

/** Cases that are emitted differently for WebGPU. */
const otherwise = cases
  .filter(({ op }) => op === 'MaxPool' || (WEBGPU.without as ReadonlySet<OpName>).has(op))
  .map((each) => ({ ...each, what: `${each.what} for WebGPU`.trim(), target: WEBGPU }));

const H = 1e-6;

/** Values in `range`, at least a hundred step widths away from 0 and from each other, to avoid kinks and ties. */
function numbers(count: number, [low, high]: readonly [number, number], rng: ReturnType<typeof random>): Float64Array {
  const places = Float64Array.from({ length: count }, (_, i) => (i + 0.3 + 0.4 * rng.uniform()) / count);
  for (let i = count - 1; i > 0; i--) {
    const j = rng.below(i + 1);
    [places[i], places[j]] = [places[j], places[i]];
  }
  return places.map((place) => {
    const x = low + (high - low) * place;
    return Math.abs(x) < 100 * H ? 100 * H : x;
  });
}

/** One program with the loss u·f(x) and its gradients. */
function program({ op, shapes, emit, target = PORTABLE }: Case, rng: ReturnType<typeof random>): Program {
  const g = new Builder(op, target);
  const x = shapes.map((shape, i) => g.input(`x${i}`, 'float32', shape, { kind: 'data' }));
  const y = emit(g, x);
  const sizes = g.sizes(y);
  const u = g.constant(
    floatTensor(
      sizes,
      Float32Array.from({ length: elementCount(sizes) }, () => rng.normal()),
    ),
    'u',
  );
  const loss = g.reduceSum(
    g.mul(y, u),
    sizes.map((_, axis) => axis),
  );
  const slopes = backward(g, loss, x);
  return g.finish([
    { value: loss, name: 'loss', role: { kind: 'loss' } },
    ...x.map((value, i) => ({
      value: slopes.get(value) as Value,
      name: `dx${i}`,
      role: { kind: 'prediction' } as const,
    })),
  ]);
}

describe('gradient rules against finite differences', () => {
  // For a random direction v, (f(x + hv) − f(x − hv)) / 2h must equal the component of the gradient along v.
  it.each([...cases, ...otherwise].map((each) => [`${each.op} ${each.what}`, each] as const))('%s', (name, each) => {
    const rng = random(2, name);
    const step = program(each, rng);
    expect(verifyProgram(step)).toEqual([]);
    const at = each.shapes.map((shape) => numbers(elementCount(shape), each.range ?? [-2, 2], rng));
    const v = each.shapes.map((shape) => Float64Array.from({ length: elementCount(shape) }, () => rng.normal()));
    const run = (h: number) =>
      interpret(
        step,
        Object.fromEntries(
          each.shapes.map((shape, i) => [`x${i}`, { shape, data: at[i].map((x, j) => x + h * v[i][j]) }]),
        ),
      );
    const here = run(0);
    const slope = (run(H).loss.data[0] - run(-H).loss.data[0]) / (2 * H);
    const along = v.reduce(
      (sum, direction, i) => direction.reduce((part, dv, j) => part + dv * here[`dx${i}`].data[j], sum),
      0,
    );
    expect(Math.abs(slope)).toBeGreaterThan(1e-4);
    expect(Math.abs(along - slope) / Math.abs(slope)).toBeLessThan(1e-5);
  });

  it('cover every op that has a rule', () => {
    const covered = new Set(cases.map(({ op }) => op));
    const open = (Object.keys(ops) as OpName[]).filter((op) => gradients[op] !== notDifferentiable && !covered.has(op));
    expect(open).toEqual([]);
  });
});

/** Slope of the sum of f(x) at every value of x. */
function slopesAt(x: readonly number[], f: (g: Builder, x: Value) => Value): number[] {
  const g = new Builder('kinks');
  const input = g.input('x', 'float32', [x.length], { kind: 'data' });
  const loss = g.reduceSum(f(g, input), [0]);
  const dx = backward(g, loss, [input]).get(input) as Value;
  const done = g.finish([{ value: dx, role: { kind: 'prediction' }, name: 'dx' }]);
  return [...interpret(done, { x: { shape: [x.length], data: Float64Array.from(x) } }).dx.data];
}

/** Slopes of PyTorch: at 0, the slope for negative values; of equal operands, the first gets the whole gradient. */
const kinks: readonly (readonly [string, (g: Builder, x: Value) => Value, readonly number[]])[] = [
  ['relu', (g, x) => g.relu(x), [0, 0, 1]],
  ['leakyRelu', (g, x) => g.leakyRelu(x, 0.25), [0.25, 0.25, 1]],
  ['prelu', (g, x) => g.prelu(x, g.scalar(0.25)), [0.25, 0.25, 1]],
  ['elu', (g, x) => g.elu(x, 0.5), [0.5 * Math.exp(-1), 0.5, 1]],
  ['abs', (g, x) => g.abs(x), [-1, 0, 1]],
  ['max, x first', (g, x) => g.max([x, g.scalar(0)]), [0, 1, 1]],
  ['max, x second', (g, x) => g.max([g.scalar(0), x]), [0, 0, 1]],
  ['min, x first', (g, x) => g.min([x, g.scalar(0)]), [1, 1, 0]],
  ['max of three, x in the middle', (g, x) => g.max([g.scalar(-2), x, g.scalar(0)]), [0, 1, 1]],
  ['max of three, x last', (g, x) => g.max([g.scalar(0), g.scalar(-2), x]), [0, 0, 1]],
];

it.each(kinks)('%s at -1, 0 and 1', (_, f, slopes) => {
  expect(slopesAt([-1, 0, 1], f).map((slope) => slope + 0)).toEqual(slopes);
});

it('x = 0 does not contribute to the gradient of the slope of prelu', () => {
  const g = new Builder('prelu');
  const slope = g.input('slope', 'float32', [1], { kind: 'parameter' });
  const loss = g.reduceSum(g.prelu(g.constant(floatTensor([3], [-3, 0, 5])), slope), [0]);
  const done = g.finish([{ value: backward(g, loss, [slope]).get(slope) as Value, role: { kind: 'loss' }, name: 'd' }]);
  expect([...interpret(done, { slope: { shape: [1], data: Float64Array.of(0.25) } }).d.data]).toEqual([-3]);
});

describe('backward', () => {
  it('the gradient of a value that does not affect the loss is zero', () => {
    const g = new Builder('zeros');
    const x = g.input('x', 'float32', [2], { kind: 'data' });
    const unused = g.input('unused', 'float32', [2, 3], { kind: 'parameter' });
    const slopes = backward(g, g.reduceSum(x, [0]), [unused]);
    const done = g.finish([{ value: slopes.get(unused) as Value, role: { kind: 'prediction' }, name: 'd' }]);
    expect([...interpret(done, {}).d.data]).toEqual([0, 0, 0, 0, 0, 0]);
  });

  it('emits only the requested gradients', () => {
    const g = new Builder('frozen');
    const x = g.input('x', 'float32', [2, 3], { kind: 'data' });
    const frozen = g.input('frozen', 'float32', [3, 4], { kind: 'parameter' });
    const w = g.input('w', 'float32', [4, 5], { kind: 'parameter' });
    const loss = g.reduceSum(g.matMul(g.tanh(g.matMul(x, frozen)), w), [0, 1]);
    const forward = g.ops.length;
    const slopes = backward(g, loss, [w]);
    const done = g.finish([{ value: slopes.get(w) as Value, role: { kind: 'prediction' }, name: 'dw' }]);
    expect(done.ops.map(({ op }) => op)).toContain('Tanh');
    expect(
      g.ops.slice(forward).some(({ name }) => name.startsWith('MatMul_grad') || name.startsWith('Tanh_grad')),
    ).toBe(false);
  });
});
