import type { Tensor } from '../../ir/tensor.ts';

/** Largest difference between two tensors, infinite if their shapes or texts differ, and the largest number of the second. */
export function difference(a: Tensor | undefined, b: Tensor): { readonly error: number; readonly largest: number } {
  let [error, largest] = [0, 0];
  if (a === undefined || a.shape.join() !== b.shape.join()) return { error: Number.POSITIVE_INFINITY, largest };
  for (let i = 0; i < b.data.length; i++) {
    const [got, wanted] = [a.data[i] as unknown, b.data[i] as unknown];
    if (got === wanted) {
      if (typeof wanted !== 'string' && Number.isFinite(Number(wanted)))
        largest = Math.max(largest, Math.abs(Number(wanted)));
      continue;
    }
    const [x, y] = [Number(got), Number(wanted)];
    if (typeof wanted === 'string' || Number.isNaN(x) !== Number.isNaN(y))
      return { error: Number.POSITIVE_INFINITY, largest };
    if (Number.isNaN(y)) continue;
    error = Math.max(error, Math.abs(x - y));
    if (Number.isFinite(y)) largest = Math.max(largest, Math.abs(y));
  }
  return { error, largest };
}
