import type { Constant } from '../onnx/tensors.ts';

/** The values as JavaScript numbers; null for strings and halves, and for more than `most` values. */
export function numbersOf(constant: Constant | undefined, most = 4096): number[] | null {
  if (constant === undefined || constant.data.length > most) return null;
  if (['string', 'float16', 'bfloat16'].includes(constant.dtype)) return null;
  return Array.from(constant.data as ArrayLike<number | bigint>, Number);
}

/** Shortest decimal number that rounds to the same float32: 0.1 instead of 0.10000000149. */
export function tidy(float: number): number {
  for (let digits = 1; digits <= 9; digits++) {
    const short = Number(float.toPrecision(digits));
    if (Math.fround(short) === Math.fround(float)) return short;
  }
  return float;
}
