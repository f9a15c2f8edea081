import type { Op } from './program.ts';
import { elementCount } from './tensor.ts';

/**
 * A tensor of the interpreter: row-major, in float64 for every element type (integers and booleans are whole numbers).
 */
export interface Dense {
  readonly shape: readonly number[];
  readonly data: Float64Array;
}

/**
 * Evaluates one op: from its inputs in order (an omitted one is undefined) to all its outputs, including optional ones.
 */
export type Kernel = (x: readonly (Dense | undefined)[], op: Op) => readonly Dense[];

export const zeros = (shape: readonly number[]): Dense => ({ shape, data: new Float64Array(elementCount(shape)) });

/** Row-major stride of each axis. */
export function stridesOf(shape: readonly number[]): number[] {
  const strides = Array<number>(shape.length).fill(1);
  for (let i = shape.length - 2; i >= 0; i--) strides[i] = (strides[i + 1] as number) * (shape[i + 1] as number);
  return strides;
}

export const offsetOf = (index: readonly number[], strides: readonly number[]): number =>
  index.reduce((offset, at, i) => offset + at * (strides[i] as number), 0);

/** Visits every index of a shape in row-major order; `index` is the same array each time. */
export function eachIndex(shape: readonly number[], visit: (index: readonly number[], flat: number) => void): void {
  const size = elementCount(shape);
  const index = Array<number>(shape.length).fill(0);
  for (let flat = 0; flat < size; flat++) {
    visit(index, flat);
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      index[axis] = (index[axis] as number) + 1;
      if ((index[axis] as number) < (shape[axis] as number)) break;
      index[axis] = 0;
    }
  }
}

/** A tensor whose elements are computed from their index. */
export function fill(shape: readonly number[], element: (index: readonly number[]) => number): Dense {
  const result = zeros(shape);
  eachIndex(shape, (index, flat) => {
    result.data[flat] = element(index);
  });
  return result;
}

/** A tensor whose elements are elements of `x`, at the index returned by `from`. */
export function pick(x: Dense, shape: readonly number[], from: (index: readonly number[]) => readonly number[]): Dense {
  const strides = stridesOf(x.shape);
  return fill(shape, (index) => x.data[offsetOf(from(index), strides)] as number);
}

/** A required input of an op. Throws if it is missing. */
export function input(x: readonly (Dense | undefined)[], at: number): Dense {
  const value = x[at];
  if (value === undefined) throw new Error(`input ${at} is missing`);
  return value;
}
