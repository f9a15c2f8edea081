import { numberAttr, numbersAttr } from './attrs.ts';
import { type Dense, fill, input, type Kernel, offsetOf, pick, stridesOf } from './dense.ts';
import { expandTo } from './elementwiseKernels.ts';
import { axisOf, broadcast, knownDims } from './shape.ts';
import { elementCount } from './tensor.ts';

/** The inputs that are present, for ops with any number of inputs. */
const given = (x: readonly (Dense | undefined)[]): Dense[] => x.filter((value) => value !== undefined);

export const transpose: Kernel = (x, { attrs }) => {
  const value = input(x, 0);
  const perm = numbersAttr(attrs, 'perm') ?? [...value.shape.keys()].reverse();
  const shape = perm.map((axis) => value.shape[axis] as number);
  return [pick(value, shape, (index) => value.shape.map((_, axis) => index[perm.indexOf(axis)] as number))];
};

export const reshape: Kernel = (x) => {
  const { shape, data } = input(x, 0);
  const target = [...input(x, 1).data].map((size, i) => (size === 0 ? (shape[i] as number) : size));
  const rest = data.length / elementCount(target.filter((size) => size !== -1));
  return [{ shape: target.map((size) => (size === -1 ? rest : size)), data }];
};

export const shapeOf: Kernel = (x) => {
  const { shape } = input(x, 0);
  return [{ shape: [shape.length], data: Float64Array.from(shape) }];
};

export const flatten: Kernel = (x, { attrs }) => {
  const { shape, data } = input(x, 0);
  const axis = numberAttr(attrs, 'axis', 1);
  return [{ shape: [elementCount(shape.slice(0, axis)), elementCount(shape.slice(axis))], data }];
};

export const expand: Kernel = (x) => {
  const value = input(x, 0);
  return [expandTo(value, knownDims(broadcast(value.shape, [...input(x, 1).data]), 'an expanded shape'))];
};

export const concat: Kernel = (x, { attrs }) => {
  const parts = given(x);
  const { shape } = input(x, 0);
  const axis = axisOf(numberAttr(attrs, 'axis', 0), shape.length);
  const sizes = parts.map((part) => part.shape[axis] as number);
  const total = sizes.reduce((a, b) => a + b, 0);
  return [
    fill(shape.with(axis, total), (index) => {
      let at = index[axis] as number;
      let part = 0;
      while (at >= (sizes[part] as number)) at -= sizes[part++] as number;
      const from = parts[part] as Dense;
      return from.data[offsetOf(index.with(axis, at), stridesOf(from.shape))] as number;
    }),
  ];
};

export const split: Kernel = (x, { attrs }) => {
  const value = input(x, 0);
  const axis = axisOf(numberAttr(attrs, 'axis', 0), value.shape.length);
  let start = 0;
  return [...input(x, 1).data].map((size) => {
    const from = start;
    start += size;
    return pick(value, value.shape.with(axis, size), (index) => index.with(axis, from + (index[axis] as number)));
  });
};

/** Ends are exclusive; negative positions count from the end; positions outside are clamped. Steps are positive. */
export const slice: Kernel = (x) => {
  const value = input(x, 0);
  const [starts, ends, axes, steps] = [1, 2, 3, 4].map((at) => [...input(x, at).data]) as [
    number[],
    number[],
    number[],
    number[],
  ];
  const shape = [...value.shape];
  const from = shape.map(() => 0);
  const by = shape.map(() => 1);
  axes.forEach((axis, i) => {
    const at = axisOf(axis, shape.length);
    const size = value.shape[at] as number;
    const step = steps[i] as number;
    const clamp = (position: number) => Math.min(size, Math.max(0, position < 0 ? position + size : position));
    from[at] = clamp(starts[i] as number);
    by[at] = step;
    shape[at] = Math.max(0, Math.ceil((clamp(ends[i] as number) - (from[at] as number)) / step));
  });
  return [pick(value, shape, (index) => index.map((at, i) => (from[i] as number) + at * (by[i] as number)))];
};

/** Source index of a padded position along an axis of `size`; undefined for the constant. */
function padSource(position: number, size: number, mode: unknown): number | undefined {
  if (position >= 0 && position < size) return position;
  if (mode === 'edge') return Math.min(size - 1, Math.max(0, position));
  if (mode === 'reflect') return position < 0 ? -position : 2 * (size - 1) - position;
  return undefined;
}

export const pad: Kernel = (x, { attrs }) => {
  const value = input(x, 0);
  const pads = input(x, 1).data;
  const constant = x[2]?.data[0] ?? 0;
  const rank = value.shape.length;
  const shape = value.shape.map((size, i) => size + (pads[i] as number) + (pads[i + rank] as number));
  const strides = stridesOf(value.shape);
  return [
    fill(shape, (index) => {
      const from = index.map((at, i) => padSource(at - (pads[i] as number), value.shape[i] as number, attrs.mode));
      return from.every((at) => at !== undefined) ? (value.data[offsetOf(from, strides)] as number) : constant;
    }),
  ];
};
