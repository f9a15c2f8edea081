import type { ElementType } from '../graph/document.ts';
import { TensorProto_DataType as DataType, type TensorProto } from '../onnx/gen/onnx_pb.ts';

/** A tensor of a model with known values. Numbers of fewer than 32 bits that JavaScript has no array for are not decoded. */
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

interface Form {
  readonly dtype: ElementType;
  readonly array: { new (length: number): Numbers; readonly BYTES_PER_ELEMENT: number };
}

/** The element types that can be decoded. Halves are kept as their 16 bits. */
const FORMS: Partial<Record<DataType, Form>> = {
  [DataType.FLOAT]: { dtype: 'float32', array: Float32Array },
  [DataType.DOUBLE]: { dtype: 'float64', array: Float64Array },
  [DataType.FLOAT16]: { dtype: 'float16', array: Uint16Array },
  [DataType.BFLOAT16]: { dtype: 'bfloat16', array: Uint16Array },
  [DataType.INT8]: { dtype: 'int8', array: Int8Array },
  [DataType.INT16]: { dtype: 'int16', array: Int16Array },
  [DataType.INT32]: { dtype: 'int32', array: Int32Array },
  [DataType.INT64]: { dtype: 'int64', array: BigInt64Array },
  [DataType.UINT8]: { dtype: 'uint8', array: Uint8Array },
  [DataType.UINT16]: { dtype: 'uint16', array: Uint16Array },
  [DataType.UINT32]: { dtype: 'uint32', array: Uint32Array },
  [DataType.UINT64]: { dtype: 'uint64', array: BigUint64Array },
  [DataType.BOOL]: { dtype: 'bool', array: Uint8Array },
};

/** Codes of the element types in TensorProto. */
export const TYPES: Partial<Record<ElementType, DataType>> = {
  ...Object.fromEntries(Object.entries(FORMS).map(([code, form]) => [form?.dtype, Number(code)])),
  string: DataType.STRING,
};

export const elementTypeOf = (code: number | undefined): ElementType | null =>
  (Object.keys(TYPES) as ElementType[]).find((name) => TYPES[name] === code) ?? null;

export const bytesPerElement = (type: DataType): number | undefined => FORMS[type]?.array.BYTES_PER_ELEMENT;

export const countOf = (dims: readonly number[]): number => dims.reduce((count, size) => count * size, 1);

/** The values of a tensor inside a model; null if its type cannot be decoded or its data does not fit its shape. */
export function decodeConstant(tensor: TensorProto): Constant | null {
  const dims = tensor.dims.map(Number);
  const count = countOf(dims);
  if (dims.some((size) => !(size >= 0)) || !Number.isSafeInteger(count)) return null;
  if (tensor.dataType === DataType.STRING) {
    const text = new TextDecoder();
    if (tensor.stringData.length !== count) return null;
    return { dtype: 'string', dims, data: tensor.stringData.map((bytes) => text.decode(bytes)) };
  }
  const form = FORMS[tensor.dataType as DataType];
  if (form === undefined) return null;
  const data = numbersIn(tensor, form, count);
  return data === null ? null : { dtype: form.dtype, dims, data };
}

function numbersIn(tensor: TensorProto, { array, dtype }: Form, count: number): Numbers | null {
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

/** float16 bits as a number. */
export function halfToNumber(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

/** The constant as float32; null for types without a float32 counterpart. */
export function toFloat32({ dtype, dims, data }: Constant): Constant | null {
  if (dtype === 'float32') return { dtype, dims, data };
  if (dtype === 'float64') return { dtype: 'float32', dims, data: Float32Array.from(data as Float64Array) };
  if (dtype === 'float16')
    return { dtype: 'float32', dims, data: Float32Array.from(data as Uint16Array, halfToNumber) };
  if (dtype !== 'bfloat16') return null;
  const words = Uint32Array.from(data as Uint16Array, (bits) => bits << 16);
  return { dtype: 'float32', dims, data: new Float32Array(words.buffer) };
}

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
