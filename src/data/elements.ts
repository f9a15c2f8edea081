import { fromHalf } from '../float16.ts';

/** Reads one element; `little`: the lowest byte comes first. */
type ReadElement = (view: DataView, at: number, little: boolean) => number;

interface ElementType {
  /** Bytes of an element. */
  readonly size: number;
  readonly read: ReadElement;
}

/** Types of numbers in files, by NumPy's names; `bf2` is the upper half of a `f4`. */
export const elementTypes = {
  i1: { size: 1, read: (view, at) => view.getInt8(at) },
  i2: { size: 2, read: (view, at, little) => view.getInt16(at, little) },
  i4: { size: 4, read: (view, at, little) => view.getInt32(at, little) },
  i8: { size: 8, read: (view, at, little) => Number(view.getBigInt64(at, little)) },
  u1: { size: 1, read: (view, at) => view.getUint8(at) },
  u2: { size: 2, read: (view, at, little) => view.getUint16(at, little) },
  u4: { size: 4, read: (view, at, little) => view.getUint32(at, little) },
  u8: { size: 8, read: (view, at, little) => Number(view.getBigUint64(at, little)) },
  b1: { size: 1, read: (view, at) => view.getUint8(at) },
  f2: { size: 2, read: (view, at, little) => fromHalf(view.getUint16(at, little)) },
  bf2: { size: 2, read: (view, at, little) => bfloat16(view.getUint16(at, little)) },
  f4: { size: 4, read: (view, at, little) => view.getFloat32(at, little) },
  f8: { size: 8, read: (view, at, little) => view.getFloat64(at, little) },
} satisfies Readonly<Record<string, ElementType>>;

export type ElementName = keyof typeof elementTypes;

export const isElementName = (name: string): name is ElementName => Object.hasOwn(elementTypes, name);

/** The numbers that fill `bytes`; bytes stay bytes. */
export function readElements(
  bytes: Uint8Array,
  name: ElementName,
  little: boolean,
): Uint8Array | Float32Array | Float64Array {
  if (name === 'u1' || name === 'b1') return Uint8Array.from(bytes);
  const { size, read }: ElementType = elementTypes[name];
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const count = bytes.length / size;
  const data = size === 8 ? new Float64Array(count) : new Float32Array(count);
  for (let at = 0; at < count; at++) data[at] = read(view, at * size, little);
  return data;
}

const scratch = new DataView(new ArrayBuffer(4));

function bfloat16(bits: number): number {
  scratch.setUint16(0, bits);
  return scratch.getFloat32(0);
}
