import { numberAttr, numbersAttr, windowOf } from './attrs.ts';
import { type Dense, eachIndex, fill, input, type Kernel, offsetOf, stridesOf, zeros } from './dense.ts';
import type { Op } from './program.ts';
import { resizeTaps } from './resize.ts';
import { windowed } from './shape.ts';
import { elementCount } from './tensor.ts';

type Geometry = ReturnType<typeof windowOf>;

const outputSizes = (spatial: readonly number[], { kernel, strides, pads, dilations }: Geometry): number[] =>
  spatial.map((size, i) => {
    const pad = (pads[i] as number) + (pads[i + kernel.length] as number);
    return windowed(size, kernel[i] as number, strides[i] as number, pad, dilations[i] as number);
  });

/** Index of the input element at position `at` of the window for output element `out`; may be in the padding. */
const cellOf = (out: readonly number[], at: readonly number[], { strides, pads, dilations }: Geometry): number[] =>
  out.map((o, i) => o * (strides[i] as number) - (pads[i] as number) + (at[i] as number) * (dilations[i] as number));

const inside = (cell: readonly number[], spatial: readonly number[]): boolean =>
  cell.every((at, i) => at >= 0 && at < (spatial[i] as number));

/** y[n, f, o] = b[f] + Σ x[n, c, o·s − p + k·d] · w[f, c, k] over the channels c of the group of f. */
export const conv: Kernel = (inputs, { attrs }) => {
  const [x, w, b] = [input(inputs, 0), input(inputs, 1), inputs[2]];
  const [batch, , ...spatial] = x.shape as [number, number, ...number[]];
  const [features, perGroup, ...kernel] = w.shape as [number, number, ...number[]];
  const geometry = windowOf(attrs, kernel);
  const featuresPerGroup = features / numberAttr(attrs, 'group', 1);
  const [xStrides, wStrides] = [stridesOf(x.shape), stridesOf(w.shape)];
  const y = zeros([batch, features, ...outputSizes(spatial, geometry)]);
  eachIndex(y.shape, ([n, f, ...out], flat) => {
    const firstChannel = Math.floor((f as number) / featuresPerGroup) * perGroup;
    let sum = b?.data[f as number] ?? 0;
    eachIndex(w.shape.slice(1), ([c, ...at]) => {
      const cell = cellOf(out, at, geometry);
      if (!inside(cell, spatial)) return;
      const value = x.data[offsetOf([n as number, firstChannel + (c as number), ...cell], xStrides)] as number;
      sum += value * (w.data[offsetOf([f as number, c as number, ...at], wStrides)] as number);
    });
    y.data[flat] = sum;
  });
  return [y];
};

/** The transpose of `conv` in x: y[n, m, i·s − p + k·d] += x[n, c, i] · w[c, m, k], plus b[m]. */
export const convTranspose: Kernel = (inputs, { attrs }) => {
  const [x, w, b] = [input(inputs, 0), input(inputs, 1), inputs[2]];
  const [batch, channels, ...spatial] = x.shape as [number, number, ...number[]];
  const [, perGroup, ...kernel] = w.shape as [number, number, ...number[]];
  const geometry = windowOf(attrs, kernel);
  const { strides, pads, dilations } = geometry;
  const group = numberAttr(attrs, 'group', 1);
  const extra = numbersAttr(attrs, 'output_padding') ?? kernel.map(() => 0);
  const sizes = spatial.map((size, i) => {
    const reach = (dilations[i] as number) * ((kernel[i] as number) - 1) + 1 + (extra[i] as number);
    return (size - 1) * (strides[i] as number) + reach - (pads[i] as number) - (pads[i + kernel.length] as number);
  });
  const wStrides = stridesOf(w.shape);
  const y = zeros([batch, perGroup * group, ...sizes]);
  const yStrides = stridesOf(y.shape);
  eachIndex(x.shape, ([n, c, ...at], flat) => {
    const firstFeature = Math.floor((c as number) / (channels / group)) * perGroup;
    eachIndex(w.shape.slice(1), ([m, ...k]) => {
      const cell = cellOf(at, k, geometry);
      if (!inside(cell, sizes)) return;
      const to = offsetOf([n as number, firstFeature + (m as number), ...cell], yStrides);
      const weight = w.data[offsetOf([c as number, m as number, ...k], wStrides)] as number;
      y.data[to] = (y.data[to] as number) + (x.data[flat] as number) * weight;
    });
  });
  if (b !== undefined) {
    eachIndex(y.shape, ([, m], flat) => {
      y.data[flat] = (y.data[flat] as number) + (b.data[m as number] as number);
    });
  }
  return [y];
};

/** Calls `visit` for every window with the flat indices of its elements in `x`, without the padding. */
function eachWindow(x: Dense, { attrs }: Op, visit: (cells: readonly number[], flat: number) => void): number[] {
  const [batch, channels, ...spatial] = x.shape as [number, number, ...number[]];
  const geometry = windowOf(attrs, numbersAttr(attrs, 'kernel_shape') ?? []);
  const strides = stridesOf(x.shape);
  const shape = [batch, channels, ...outputSizes(spatial, geometry)];
  eachIndex(shape, ([n, c, ...out], flat) => {
    const cells: number[] = [];
    eachIndex(geometry.kernel, (at) => {
      const cell = cellOf(out, at, geometry);
      if (inside(cell, spatial)) cells.push(offsetOf([n as number, c as number, ...cell], strides));
    });
    visit(cells, flat);
  });
  return shape;
}

/** Of equal maxima, Indices has the first in row-major order. */
export const maxPool: Kernel = (inputs, op) => {
  const x = input(inputs, 0);
  const values: number[] = [];
  const indices: number[] = [];
  const shape = eachWindow(x, op, (cells) => {
    const best = cells.reduce((a, b) => ((x.data[b] as number) > (x.data[a] as number) ? b : a));
    values.push(x.data[best] as number);
    indices.push(best);
  });
  return [
    { shape, data: Float64Array.from(values) },
    { shape, data: Float64Array.from(indices) },
  ];
};

export const maxUnpool: Kernel = (inputs) => {
  const [x, indices, shape] = [input(inputs, 0), input(inputs, 1), input(inputs, 2)];
  const y = zeros([...shape.data]);
  x.data.forEach((value, i) => {
    y.data[indices.data[i] as number] = value;
  });
  return [y];
};

export const averagePool: Kernel = (inputs, op) => {
  const x = input(inputs, 0);
  const whole = elementCount(numbersAttr(op.attrs, 'kernel_shape') ?? []);
  const values: number[] = [];
  const shape = eachWindow(x, op, (cells) => {
    const sum = cells.reduce((total, cell) => total + (x.data[cell] as number), 0);
    values.push(sum / (op.attrs.count_include_pad === 1 ? whole : cells.length));
  });
  return [{ shape, data: Float64Array.from(values) }];
};

export const globalAveragePool: Kernel = (inputs) => {
  const x = input(inputs, 0);
  const shape = x.shape.map((size, axis) => (axis < 2 ? size : 1));
  const cells = elementCount(x.shape.slice(2));
  const mean = (_: number, at: number): number =>
    x.data.subarray(at * cells, (at + 1) * cells).reduce((a, b) => a + b, 0) / cells;
  return [{ shape, data: zeros(shape).data.map(mean) }];
};

/** Every output element is a weighted sum of input elements along each axis. */
export const resize: Kernel = (inputs, { attrs }) => {
  if (attrs.axes !== undefined) throw new Error('Resize of some axes is not supported');
  const x = input(inputs, 0);
  const [scales, sizes] = [inputs[2], inputs[3]];
  const shape = x.shape.map((size, i) =>
    scales === undefined ? (sizes?.data[i] as number) : Math.floor(Math.fround((scales.data[i] as number) * size)),
  );
  return [
    x.shape.reduce((from: Dense, size, axis) => {
      const to = shape[axis] as number;
      const scale = scales?.data[axis] ?? to / size;
      if (scale === 1) return from;
      const taps = resizeTaps(attrs, size, to, scale);
      const strides = stridesOf(from.shape);
      return fill(from.shape.with(axis, to), (index) =>
        (taps[index[axis] as number] as (typeof taps)[number]).reduce(
          (sum, [cell, share]) => sum + share * (from.data[offsetOf(index.with(axis, cell), strides)] as number),
          0,
        ),
      );
    }, x),
  ];
};
