import { numberAttr } from './attrs.ts';
import { eachIndex, fill, input, type Kernel, offsetOf, pick, stridesOf } from './dense.ts';
import { axisOf } from './shape.ts';

/** A negative index counts from the end. */
const wrap = (index: number, size: number): number => (index < 0 ? index + size : index);

/** y[..before, ..i, ..after] = data[..before, indices[..i], ..after]. */
export const gather: Kernel = (x, { attrs }) => {
  const [data, indices] = [input(x, 0), input(x, 1)];
  const axis = axisOf(numberAttr(attrs, 'axis', 0), data.shape.length);
  const rank = indices.shape.length;
  const strides = stridesOf(indices.shape);
  return [
    pick(data, data.shape.toSpliced(axis, 1, ...indices.shape), (index) => {
      const at = indices.data[offsetOf(index.slice(axis, axis + rank), strides)] as number;
      return index.toSpliced(axis, rank, wrap(at, data.shape[axis] as number));
    }),
  ];
};

/** y[..] = data[..] with the index along `axis` replaced by indices[..]. */
export const gatherElements: Kernel = (x, { attrs }) => {
  const [data, indices] = [input(x, 0), input(x, 1)];
  const axis = axisOf(numberAttr(attrs, 'axis', 0), data.shape.length);
  const strides = stridesOf(indices.shape);
  return [
    pick(data, indices.shape, (index) => {
      const at = indices.data[offsetOf(index, strides)] as number;
      return index.with(axis, wrap(at, data.shape[axis] as number));
    }),
  ];
};

/**
 * A copy of data in which, for each entry of indices, the element at that index along `axis` is replaced with the
 * update or increased by it.
 */
export const scatterElements: Kernel = (x, { attrs }) => {
  const [data, indices, updates] = [input(x, 0), input(x, 1), input(x, 2)];
  const axis = axisOf(numberAttr(attrs, 'axis', 0), data.shape.length);
  const strides = stridesOf(data.shape);
  const result = Float64Array.from(data.data);
  eachIndex(indices.shape, (index, flat) => {
    const at = indices.data[flat] as number;
    const to = offsetOf(index.with(axis, wrap(at, data.shape[axis] as number)), strides);
    const update = updates.data[flat] as number;
    const { reduction = 'none' } = attrs;
    if (reduction === 'none') result[to] = update;
    else if (reduction === 'add') result[to] = (result[to] as number) + update;
    else throw new Error(`ScatterElements with reduction '${reduction}' is not interpreted`);
  });
  return [{ shape: data.shape, data: result }];
};

/** Valid indices are −depth to depth − 1; for any other, all values are `off`. */
export const oneHot: Kernel = (x, { attrs }) => {
  const [indices, depths, values] = [input(x, 0), input(x, 1), input(x, 2)];
  const depth = depths.data[0] as number;
  const [off, on] = values.data as unknown as [number, number];
  const axis = axisOf(numberAttr(attrs, 'axis', -1), indices.shape.length + 1);
  const strides = stridesOf(indices.shape);
  return [
    fill(indices.shape.toSpliced(axis, 0, depth), (index) => {
      const hot = indices.data[offsetOf(index.toSpliced(axis, 1), strides)] as number;
      return wrap(hot, depth) === index[axis] ? on : off;
    }),
  ];
};
