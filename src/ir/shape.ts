/** A size, or the symbol of a size that is known only at run time (`N`, the batch). */
export type Dim = number | string;
export type Dims = readonly Dim[];

/** The symbol of the batch axis. */
export const BATCH = 'N';

export const dimsText = (dims: Dims): string => `[${dims.join(', ')}]`;

export const sameDims = (a: Dims, b: Dims): boolean => a.length === b.length && a.every((dim, i) => dim === b[i]);

export class ShapeError extends Error {
  override readonly name = 'ShapeError';
}

/** A size that must be known. A symbolic size is a bug of the caller and throws. */
export function known(dim: Dim | undefined, what: string): number {
  if (typeof dim === 'number') return dim;
  throw new ShapeError(`${what} must be a known size, not ${dim === undefined ? 'absent' : `'${dim}'`}`);
}

export const knownDims = (dims: Dims, what: string): number[] => dims.map((dim) => known(dim, what));

/** The product of sizes. At most one may be symbolic; then all others must be 1. */
export function product(dims: Dims, what: string): Dim {
  const symbols = dims.filter((dim) => typeof dim === 'string');
  const size = dims.reduce<number>((total, dim) => (typeof dim === 'number' ? total * dim : total), 1);
  if (symbols.length === 0) return size;
  if (symbols.length === 1 && size === 1) return symbols[0] as string;
  throw new ShapeError(`${what} ${dimsText(dims)} has no size that can be written as a number or a single symbol`);
}

/** The shape of an elementwise result by the multidirectional broadcasting of ONNX and NumPy. */
export function broadcast(a: Dims, b: Dims): Dims {
  const rank = Math.max(a.length, b.length);
  return Array.from({ length: rank }, (_, i) => {
    const x = a[i - rank + a.length] ?? 1;
    const y = b[i - rank + b.length] ?? 1;
    if (x === y || y === 1) return x;
    if (x === 1) return y;
    throw new ShapeError(`${dimsText(a)} and ${dimsText(b)} cannot be broadcast together`);
  });
}

/** The axis as a non-negative number below `rank`; negative axes count from the end. */
export function axisOf(axis: number, rank: number): number {
  const positive = axis < 0 ? axis + rank : axis;
  if (!Number.isInteger(axis) || positive < 0 || positive >= rank) {
    throw new ShapeError(`there is no axis ${axis} in ${rank} dimensions`);
  }
  return positive;
}

/** Output size of a window that slides over `size` padded elements: floor((in + pads − (d(k−1)+1)) / s) + 1. */
export const windowed = (size: number, kernel: number, stride: number, pads: number, dilation: number): number =>
  Math.floor((size + pads - (dilation * (kernel - 1) + 1)) / stride) + 1;
