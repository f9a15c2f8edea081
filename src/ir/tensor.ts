import { fromHalf } from '../float16.ts';

/** Element types of the tensors that a program is fed with and returns. */
export type DType = keyof TensorData;

/** JavaScript array type of each element type, as in the binding of onnxruntime. */
export interface TensorData {
  float32: Float32Array;
  int64: BigInt64Array;
  int32: Int32Array;
  bool: Uint8Array;
  float64: Float64Array;
  /** The bits. */
  float16: Uint16Array;
  int8: Int8Array;
  int16: Int16Array;
  uint8: Uint8Array;
  uint16: Uint16Array;
  uint32: Uint32Array;
  uint64: BigUint64Array;
}

/** A tensor with its values in row-major order. */
export type Tensor = {
  [T in DType]: { readonly dtype: T; readonly shape: readonly number[]; readonly data: TensorData[T] };
}[DType];

export const elementCount = (shape: readonly number[]): number => shape.reduce((count, size) => count * size, 1);

export const floatTensor = (shape: readonly number[], data: ArrayLike<number>): Tensor => ({
  dtype: 'float32',
  shape,
  data: data instanceof Float32Array ? data : Float32Array.from(data),
});

export const intTensor = (shape: readonly number[], data: readonly number[]): Tensor => ({
  dtype: 'int64',
  shape,
  data: BigInt64Array.from(data, BigInt),
});

/** The values of a tensor as JavaScript numbers. */
export const numbersOf = ({ dtype, data }: Tensor): number[] =>
  dtype === 'float16' ? Array.from(data, fromHalf) : Array.from<number | bigint, number>(data, Number);
