import { numberAttr, numbersAttr } from './attrs.ts';
import { type Dense, eachIndex, input, type Kernel, offsetOf, stridesOf, zeros } from './dense.ts';
import { axisOf } from './shape.ts';

/** Groups the elements of `x` by their index outside `axes`. Groups and elements are in row-major order. */
function groups(x: Dense, axes: readonly number[]): { shape: number[]; flats: number[][] } {
  // An empty list of axes means all axes, as in ONNX.
  const gone = new Set(axes.length === 0 ? x.shape.keys() : axes.map((axis) => axisOf(axis, x.shape.length)));
  const shape = x.shape.map((size, i) => (gone.has(i) ? 1 : size));
  const strides = stridesOf(shape).map((stride, i) => (gone.has(i) ? 0 : stride));
  const flats = Array.from(zeros(shape).data, (): number[] => []);
  eachIndex(x.shape, (index, flat) => flats[offsetOf(index, strides)]?.push(flat));
  return { shape, flats };
}

const squeezed = (shape: readonly number[], axes: readonly number[], rank: number): number[] => {
  const gone = new Set(axes.length === 0 ? shape.keys() : axes.map((axis) => axisOf(axis, rank)));
  return shape.filter((_, i) => !gone.has(i));
};

function reduce(x: Dense, axes: readonly number[], keep: boolean, f: (values: readonly number[]) => number): Dense {
  const { shape, flats } = groups(x, axes);
  const data = Float64Array.from(flats, (flat) => f(flat.map((i) => x.data[i] as number)));
  return { shape: keep ? shape : squeezed(shape, axes, x.shape.length), data };
}

const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);

const keeps = (attrs: Parameters<typeof numberAttr>[0]): boolean => numberAttr(attrs, 'keepdims', 1) === 1;

const reduction =
  (f: (values: readonly number[]) => number): Kernel =>
  (x, { attrs }) => [reduce(input(x, 0), numbersAttr(attrs, 'axes') ?? [], keeps(attrs), f)];

export const reduceSum: Kernel = (x, { attrs }) => [reduce(input(x, 0), [...input(x, 1).data], keeps(attrs), sum)];
export const reduceMean = reduction((values) => sum(values) / values.length);
export const reduceMax = reduction((values) => Math.max(...values));

/** Index of the maximum; of equal maxima, the first. */
export const argMax: Kernel = (x, { attrs }) => [
  reduce(input(x, 0), [numberAttr(attrs, 'axis', 0)], keeps(attrs), (values) => values.indexOf(Math.max(...values))),
];

/** log softmax = x − max − log Σ exp(x − max), along an axis. */
function logProbabilities(x: Dense, axis: number): Dense {
  const result = zeros(x.shape);
  for (const flat of groups(x, [axis]).flats) {
    const values = flat.map((i) => x.data[i] as number);
    const max = Math.max(...values);
    const log = max + Math.log(sum(values.map((value) => Math.exp(value - max))));
    for (const i of flat) result.data[i] = (x.data[i] as number) - log;
  }
  return result;
}

export const logSoftmax: Kernel = (x, { attrs }) => [logProbabilities(input(x, 0), numberAttr(attrs, 'axis', -1))];

export const softmax: Kernel = (x, { attrs }) => {
  const { shape, data } = logProbabilities(input(x, 0), numberAttr(attrs, 'axis', -1));
  return [{ shape, data: data.map(Math.exp) }];
};

export const softmaxCrossEntropyLoss: Kernel = (x, { attrs }) => {
  const [scores, labels] = [input(x, 0), input(x, 1)];
  const logs = logProbabilities(scores, 1);
  const classes = scores.shape[1] as number;
  const losses = labels.data.map((label, n) => -(logs.data[n * classes + label] as number));
  if (attrs.reduction === 'none') return [{ shape: labels.shape, data: losses }, logs];
  const total = sum([...losses]);
  const loss = attrs.reduction === 'sum' ? total : total / losses.length;
  return [{ shape: [], data: Float64Array.of(loss) }, logs];
};
