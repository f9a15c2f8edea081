import { strFromU8, strToU8 } from 'fflate';
import { same, type Text, UserError } from '../text.ts';
import { parseJson } from './json.ts';

/**
 * The safetensors format: eight bytes of header length (little-endian), a JSON header with type, shape and range of each
 * tensor, then the values. Strict: the ranges have to cover the data exactly.
 */
interface Numbers {
  F32: Float32Array;
  F64: Float64Array;
  I64: BigInt64Array;
}
export type SafeTensor = {
  [T in keyof Numbers]: { readonly dtype: T; readonly shape: readonly number[]; readonly data: Numbers[T] };
}[keyof Numbers];

/** Bytes of an element, by the format's names of types. */
const SIZES = {
  ...{ BOOL: 1, U8: 1, I8: 1 },
  ...{ U16: 2, I16: 2, F16: 2, BF16: 2 },
  ...{ U32: 4, I32: 4, F32: 4 },
  ...{ U64: 8, I64: 8, F64: 8 },
} as const;
export type TensorType = keyof typeof SIZES;
const ALL = Object.keys(SIZES) as readonly TensorType[];
/** Types of trained weights. */
const OWN = ['F32', 'F64', 'I64'] as const;
const MAX_HEADER = 16 * 2 ** 20;

const isSizes = (value: unknown): value is number[] =>
  Array.isArray(value) && value.every((size) => Number.isSafeInteger(size) && size >= 0);

/** The tensors of a safetensors file, in the order of its header; `name` is used in messages. Throws UserError. */
export function readSafetensors(bytes: Uint8Array, name: string): Map<string, SafeTensor> {
  const { places, data } = placesIn(bytes, name, OWN);
  // Copied, because the values may be unaligned in the file. (`slice` of Node's Buffer would give a view.)
  return new Map(
    places.map(({ key, dtype, shape, from, to }) => {
      const { buffer } = new Uint8Array(data.subarray(from, to));
      return [key, tensorOf(dtype, shape, buffer)];
    }),
  );
}

/** Bytes of a tensor in a file. */
export interface TensorBytes {
  readonly key: string;
  readonly dtype: TensorType;
  readonly shape: readonly number[];
  readonly data: Uint8Array;
}

/** The tensors of a safetensors file of any types, not copied; `name` is used in messages. Throws UserError. */
export function tensorBytes(bytes: Uint8Array, name: string): TensorBytes[] {
  const { places, data } = placesIn(bytes, name, ALL);
  return places.map(({ key, dtype, shape, from, to }) => ({ key, dtype, shape, data: data.subarray(from, to) }));
}

/** Texts in the header of a valid safetensors file, by their names; none where it has no metadata. */
export function safetensorsMetadata(bytes: Uint8Array): Readonly<Record<string, string>> {
  const length = Number(new DataView(bytes.buffer, bytes.byteOffset, 8).getBigUint64(0, true));
  const { __metadata__: metadata } = parseJson(strFromU8(bytes.subarray(8, 8 + length))) as Record<string, unknown>;
  return Object.fromEntries(Object.entries(metadata ?? {}).filter(([, value]) => typeof value === 'string'));
}

/** True for bytes that begin as a safetensors file does; the rest may be damaged. */
export const startsLikeSafetensors = (bytes: Uint8Array): boolean =>
  bytes[6] === 0 && bytes[7] === 0 && /^\{\s*("|\}$)/.test(strFromU8(bytes.subarray(8, 40)));

/** True if the bytes are a safetensors file of weights; the values are not checked. */
export function isSafetensors(bytes: Uint8Array): boolean {
  try {
    placesIn(bytes, '', OWN);
    return true;
  } catch {
    return false;
  }
}

interface Place<T extends TensorType> {
  readonly key: string;
  readonly dtype: T;
  readonly shape: readonly number[];
  readonly from: number;
  readonly to: number;
}

/** Ranges of all tensors, of accepted types. They are checked before the first is copied, because overlapping ranges could use any amount of memory. */
function placesIn<T extends TensorType>(
  bytes: Uint8Array,
  name: string,
  accepted: readonly T[],
): { readonly places: readonly Place<T>[]; readonly data: Uint8Array } {
  const refused = ({ en, zh }: Text) =>
    new UserError({
      en: `“${name}” is not a valid safetensors file: ${en}. Write it again, or use another copy.`,
      zh: `“${name}”不是有效的 safetensors 文件：${zh}。请重新生成，或换用另一份副本。`,
    });
  const bad = (reason: string) => refused(same(reason));
  const wrong = (field: string, value: unknown, expected = '') =>
    value === undefined
      ? refused({ en: `${field} is missing`, zh: `缺少 ${field}` })
      : bad(`${field} ${JSON.stringify(value)}${expected}`);
  if (bytes.length < 8) throw bad(`${bytes.length} bytes`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = Number(view.getBigUint64(0, true));
  if (length > MAX_HEADER || 8 + length > bytes.length) throw bad(`header: ${length} > ${bytes.length - 8} bytes`);
  const data = bytes.subarray(8 + length);

  const places: Place<T>[] = [];
  for (const [key, entry] of Object.entries(readHeader(bytes.subarray(8, 8 + length), bad))) {
    if (key === '__metadata__') continue;
    const { dtype: stated, shape, data_offsets: offsets } = (entry ?? {}) as Record<string, unknown>;
    const dtype = accepted.find((type) => type === stated);
    if (dtype === undefined) throw wrong(`${key}: dtype`, stated, ` (${accepted.join(', ')})`);
    if (!isSizes(shape)) throw wrong(`${key}: shape`, shape);
    if (!isSizes(offsets) || offsets.length !== 2) throw wrong(`${key}: data_offsets`, offsets);
    const [from, to] = offsets as [number, number];
    const expected = SIZES[dtype] * shape.reduce((count, size) => count * size, 1);
    if (to > data.length || to - from !== expected) {
      throw bad(`${key}: [${shape}] ${dtype} = ${expected} bytes, data_offsets [${from}, ${to}] of ${data.length}`);
    }
    places.push({ key, dtype, shape, from, to });
  }
  let end = 0;
  for (const { from, to } of places.toSorted((a, b) => a.from - b.from || a.to - b.to)) {
    if (from !== end) throw bad(`data_offsets: ${end} → ${from}`);
    end = to;
  }
  if (end !== data.length) throw bad(`data_offsets: ${end} → ${data.length}`);
  return { places, data };
}

function readHeader(bytes: Uint8Array, bad: (reason: string) => UserError): Record<string, unknown> {
  let header: unknown;
  try {
    header = parseJson(strFromU8(bytes));
  } catch {
    throw bad('JSON');
  }
  if (typeof header !== 'object' || header === null || Array.isArray(header)) throw bad('JSON');
  return header as Record<string, unknown>;
}

function tensorOf(dtype: keyof Numbers, shape: readonly number[], buffer: ArrayBuffer): SafeTensor {
  switch (dtype) {
    case 'F32':
      return { dtype, shape, data: new Float32Array(buffer) };
    case 'F64':
      return { dtype, shape, data: new Float64Array(buffer) };
    case 'I64':
      return { dtype, shape, data: new BigInt64Array(buffer) };
    default:
      return dtype satisfies never;
  }
}

/**
 * The file of these tensors, in the order of the map; the same tensors give the same bytes. `metadata`: texts in its
 * header.
 */
export function writeSafetensors(
  tensors: ReadonlyMap<string, SafeTensor>,
  metadata?: Readonly<Record<string, string>>,
): Uint8Array<ArrayBuffer> {
  const header: Record<string, unknown> = metadata === undefined ? {} : { __metadata__: metadata };
  let size = 0;
  for (const [key, { dtype, shape, data }] of tensors) {
    header[key] = { dtype, shape, data_offsets: [size, size + data.byteLength] };
    size += data.byteLength;
  }
  const json = strToU8(JSON.stringify(header));
  // Padded with spaces, so that the values start at a multiple of eight.
  const length = Math.ceil(json.length / 8) * 8;
  const bytes = new Uint8Array(8 + length + size).fill(0x20, 8, 8 + length);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(length), true);
  bytes.set(json, 8);
  let at = 8 + length;
  for (const { data } of tensors.values()) {
    bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), at);
    at += data.byteLength;
  }
  return bytes;
}
