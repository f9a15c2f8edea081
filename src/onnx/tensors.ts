import type { ElementType } from '../elementTypes.ts';
import { fromHalf } from '../float16.ts';
import { elementCount, type Tensor } from '../ir/tensor.ts';
import {
  TensorProto_DataLocation as DataLocation,
  type TensorProto_DataType as DataType,
  type TensorProto,
} from './gen/onnx_pb.ts';
import { elementTypeOf } from './opset.ts';

/** A tensor of a model with its values. `dtype` may be one that programs do not have. */
export interface Constant {
  readonly dtype: ElementType;
  readonly dims: readonly number[];
  readonly data: Numbers | readonly string[];
}

export type Numbers =
  | Float32Array
  | Float64Array
  | Int8Array
  | Int16Array
  | Int32Array
  | Uint8Array
  | Uint16Array
  | Uint32Array
  | BigInt64Array
  | BigUint64Array;

type NumberArray = { new (length: number): Numbers; readonly BYTES_PER_ELEMENT: number };

/** Arrays of the element types that can be decoded. Halves are kept as their 16 bits. */
const ARRAYS: Partial<Record<ElementType, NumberArray>> = {
  float32: Float32Array,
  float64: Float64Array,
  float16: Uint16Array,
  bfloat16: Uint16Array,
  int8: Int8Array,
  int16: Int16Array,
  int32: Int32Array,
  int64: BigInt64Array,
  uint8: Uint8Array,
  uint16: Uint16Array,
  uint32: Uint32Array,
  uint64: BigUint64Array,
  bool: Uint8Array,
};

const arrayOf = (type: DataType): NumberArray | undefined => ARRAYS[elementTypeOf(type) ?? 'string'];

export const bytesPerElement = (type: DataType): number | undefined => arrayOf(type)?.BYTES_PER_ELEMENT;

/** The values of a tensor inside a model; null if its type cannot be decoded or its data does not fit its shape. */
export function decodeConstant(tensor: TensorProto): Constant | null {
  const dims = tensor.dims.map(Number);
  const count = elementCount(dims);
  if (dims.some((size) => !(size >= 0)) || !Number.isSafeInteger(count)) return null;
  const dtype = elementTypeOf(tensor.dataType);
  if (dtype === undefined) return null;
  if (dtype === 'string') {
    const text = new TextDecoder();
    if (tensor.stringData.length !== count) return null;
    return { dtype, dims, data: tensor.stringData.map((bytes) => text.decode(bytes)) };
  }
  const array = ARRAYS[dtype];
  const data = array === undefined ? null : numbersIn(tensor, dtype, array, count);
  return data === null ? null : { dtype, dims, data };
}

function numbersIn(tensor: TensorProto, dtype: ElementType, array: NumberArray, count: number): Numbers | null {
  const { rawData, floatData, int32Data, int64Data, doubleData, uint64Data } = tensor;
  if (rawData.length > 0 || count === 0) {
    if (rawData.length !== count * array.BYTES_PER_ELEMENT) return null;
    const numbers = new array(count);
    new Uint8Array(numbers.buffer).set(rawData);
    return numbers;
  }
  const fields: Partial<Record<ElementType, readonly (number | bigint)[]>> = {
    float32: floatData,
    float64: doubleData,
    int64: int64Data,
    uint64: uint64Data,
    uint32: uint64Data,
  };
  const given = fields[dtype] ?? int32Data;
  if (given.length !== count) return null;
  const numbers = new array(count);
  const whole = numbers instanceof BigInt64Array || numbers instanceof BigUint64Array;
  for (const [i, value] of given.entries()) numbers[i] = (whole ? BigInt(value) : Number(value)) as never;
  return numbers;
}

/**
 * A tensor of a program; null for an element type that programs do not have, values in another file, and values that are not as
 * many as the shape has.
 */
export function tensorOf(proto: TensorProto): Tensor | null {
  const constant = proto.dataLocation === DataLocation.EXTERNAL ? null : decodeConstant(proto);
  if (constant === null || constant.dtype === 'string' || constant.dtype === 'bfloat16') return null;
  return { dtype: constant.dtype, shape: constant.dims, data: constant.data } as Tensor;
}

/** The constant as float32; null for types without a float32 counterpart. */
export function toFloat32({ dtype, dims, data }: Constant): Constant | null {
  if (dtype === 'float32') return { dtype, dims, data };
  if (dtype === 'float64') return { dtype: 'float32', dims, data: Float32Array.from(data as Float64Array) };
  if (dtype === 'float16') return { dtype: 'float32', dims, data: Float32Array.from(data as Uint16Array, fromHalf) };
  if (dtype !== 'bfloat16') return null;
  const words = Uint32Array.from(data as Uint16Array, (bits) => bits << 16);
  return { dtype: 'float32', dims, data: new Float32Array(words.buffer) };
}
