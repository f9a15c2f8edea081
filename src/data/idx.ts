import { UserError } from '../text.ts';

/** The numbers of an IDX file, row-major, in the order of its axes. */
export interface IdxFile {
  readonly shape: readonly number[];
  readonly data: IdxNumbers;
}

export type IdxNumbers = Uint8Array | Int8Array | Int16Array | Int32Array | Float32Array | Float64Array;

interface ElementType {
  readonly size: number;
  read(view: DataView, offset: number): number;
  make(count: number): Exclude<IdxNumbers, Uint8Array>;
}

/** All multi-byte numbers are big-endian (Yann LeCun, "The MNIST database of handwritten digits", file formats). */
const types: Readonly<Record<number, ElementType | undefined>> = {
  9: { size: 1, read: (view, at) => view.getInt8(at), make: (count) => new Int8Array(count) },
  11: { size: 2, read: (view, at) => view.getInt16(at), make: (count) => new Int16Array(count) },
  12: { size: 4, read: (view, at) => view.getInt32(at), make: (count) => new Int32Array(count) },
  13: { size: 4, read: (view, at) => view.getFloat32(at), make: (count) => new Float32Array(count) },
  14: { size: 8, read: (view, at) => view.getFloat64(at), make: (count) => new Float64Array(count) },
};

const UNSIGNED_BYTE = 8;

/** Reads an (already decompressed) IDX file, the format of MNIST, of any of its element types. `name` is what messages call it. */
export function readIdx(bytes: Uint8Array, name: string): IdxFile {
  const bad = (en: string, zh: string) =>
    new UserError({
      en: `'${name}' cannot be read as an IDX file: ${en}. Give the two files of a dataset in the format of MNIST (images and labels).`,
      zh: `无法把“${name}”当作 IDX 文件读取：${zh}。请提供 MNIST 格式数据集的两个文件（图像与标签）。`,
    });
  if (bytes.length < 4 || bytes[0] !== 0 || bytes[1] !== 0) {
    throw bad('it does not start with the two zero bytes of that format', '开头没有该格式的两个零字节');
  }
  const code = bytes[2] as number;
  const type = types[code];
  if (code !== UNSIGNED_BYTE && type === undefined) {
    const hex = `0x${code.toString(16).padStart(2, '0')}`;
    throw bad(`its element type ${hex} is none of that format`, `元素类型 ${hex} 不属于该格式`);
  }
  const rank = bytes[3] as number;
  const header = 4 + 4 * rank;
  if (rank === 0 || bytes.length < header) throw bad('its header is cut off', '文件头不完整');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const shape = Array.from({ length: rank }, (_, axis) => view.getUint32(4 + 4 * axis));
  const size = type?.size ?? 1;
  const expected = shape.reduce((product, length) => product * length, size);
  const found = bytes.length - header;
  // Before anything is allocated: a header may promise what it likes.
  if (found !== expected) {
    const sizes = type === undefined ? shape.join('×') : `${shape.join('×')}×${size}`;
    throw bad(
      `its header promises ${sizes} = ${expected} bytes, and ${found} follow`,
      `文件头声明 ${sizes} = ${expected} 字节，实际有 ${found} 字节`,
    );
  }
  if (type === undefined) return { shape, data: bytes.subarray(header) };
  const data = type.make(found / size);
  for (let i = 0; i < data.length; i++) data[i] = type.read(view, header + i * size);
  return { shape, data };
}
