import { numberAttr } from './attrs.ts';
import { type Dense, eachIndex, fill, input, type Kernel, stridesOf, zeros } from './dense.ts';
import { expandTo } from './elementwiseKernels.ts';
import { axisOf } from './shape.ts';
import { elementCount } from './tensor.ts';

/** Mean and population variance. */
function moments(values: readonly number[]): { mean: number; variance: number } {
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  return { mean, variance: values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / values.length };
}

/** Mean and variance of every channel (axis 1). */
function channelMoments(x: Dense): { mean: Dense; variance: Dense } {
  const channels = x.shape[1] as number;
  const values = Array.from({ length: channels }, (): number[] => []);
  eachIndex(x.shape, (index, flat) => values[index[1] as number]?.push(x.data[flat] as number));
  const all = values.map(moments);
  const vector = (data: readonly number[]): Dense => ({ shape: [channels], data: Float64Array.from(data) });
  return { mean: vector(all.map(({ mean }) => mean)), variance: vector(all.map(({ variance }) => variance)) };
}

export const batchNormalization: Kernel = (inputs, { attrs }) => {
  const [x, scale, bias, mean, variance] = [0, 1, 2, 3, 4].map((at) => input(inputs, at)) as [
    Dense,
    Dense,
    Dense,
    Dense,
    Dense,
  ];
  const epsilon = numberAttr(attrs, 'epsilon', 1e-5);
  const training = numberAttr(attrs, 'training_mode', 0) === 1;
  const used = training ? channelMoments(x) : { mean, variance };
  const at = ({ data }: Dense, c: number): number => data[c] as number;
  let flat = 0;
  const y = fill(x.shape, ([, channel]) => {
    const c = channel as number;
    const normal = (at(x, flat++) - at(used.mean, c)) / Math.sqrt(at(used.variance, c) + epsilon);
    return normal * at(scale, c) + at(bias, c);
  });
  if (!training) return [y];
  const momentum = numberAttr(attrs, 'momentum', 0.9);
  const running = (before: Dense, now: Dense): Dense => ({
    shape: now.shape,
    data: now.data.map((value, c) => momentum * at(before, c) + (1 - momentum) * value),
  });
  return [y, running(mean, used.mean), running(variance, used.variance)];
};

export const layerNormalization: Kernel = (inputs, { attrs }) => {
  const x = input(inputs, 0);
  const axis = axisOf(numberAttr(attrs, 'axis', -1), x.shape.length);
  const epsilon = numberAttr(attrs, 'epsilon', 1e-5);
  const scale = expandTo(input(inputs, 1), x.shape);
  const bias = inputs[2] === undefined ? zeros(x.shape) : expandTo(inputs[2], x.shape);
  const statistic = x.shape.map((size, i) => (i < axis ? size : 1));
  const size = elementCount(x.shape.slice(axis));
  const groups = Array.from(zeros(statistic).data, (_, i) => moments([...x.data.subarray(i * size, (i + 1) * size)]));
  const means = Float64Array.from(groups, ({ mean }) => mean);
  const inverses = Float64Array.from(groups, ({ variance }) => 1 / Math.sqrt(variance + epsilon));
  const y = x.data.map((value, i) => {
    const at = Math.floor(i / size);
    const normal = (value - (means[at] as number)) * (inverses[at] as number);
    return normal * (scale.data[i] as number) + (bias.data[i] as number);
  });
  return [
    { shape: x.shape, data: y },
    { shape: statistic, data: means },
    { shape: statistic, data: inverses },
  ];
};

export const lrn: Kernel = (inputs, { attrs }) => {
  const x = input(inputs, 0);
  const size = numberAttr(attrs, 'size', 1);
  const [alpha, beta] = [numberAttr(attrs, 'alpha', 1e-4), numberAttr(attrs, 'beta', 0.75)];
  const bias = numberAttr(attrs, 'bias', 1);
  const channels = x.shape[1] as number;
  const step = stridesOf(x.shape)[1] as number;
  let flat = 0;
  return [
    fill(x.shape, ([, channel]) => {
      const c = channel as number;
      const here = flat++;
      const first = Math.max(0, c - Math.floor((size - 1) / 2));
      const last = Math.min(channels - 1, c + Math.ceil((size - 1) / 2));
      let sum = 0;
      for (let other = first; other <= last; other++) sum += (x.data[here + (other - c) * step] as number) ** 2;
      return (x.data[here] as number) / (bias + (alpha / size) * sum) ** beta;
    }),
  ];
};
