import { UserError } from '../text.ts';
import { isShape } from './axes.ts';

/** The content of an IDX file: its shape, and its values in row-major order. */
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

/** All multi-byte values are big-endian (Yann LeCun, "The MNIST database of handwritten digits", file formats). */
const types: Readonly<Record<number, ElementType | undefined>> = {
  9: { size: 1, read: (view, at) => view.getInt8(at), make: (count) => new Int8Array(count) },
  11: { size: 2, read: (view, at) => view.getInt16(at), make: (count) => new Int16Array(count) },
  12: { size: 4, read: (view, at) => view.getInt32(at), make: (count) => new Int32Array(count) },
  13: { size: 4, read: (view, at) => view.getFloat32(at), make: (count) => new Float32Array(count) },
  14: { size: 8, read: (view, at) => view.getFloat64(at), make: (count) => new Float64Array(count) },
};

const UNSIGNED_BYTE = 8;

/**
 * Reads a decompressed IDX file, the format of MNIST, of any element type. `name`: name of the file in error messages.
 * Throws UserError.
 */
export function readIdx(bytes: Uint8Array, name: string): IdxFile {
  const bad = (en: string, zh: string) =>
    new UserError({
      en: `“${name}” could not be read as an IDX file: ${en}. Choose the two files (images and labels) of a dataset in the format of MNIST.`,
      zh: `无法读取 IDX 文件“${name}”：${zh}。请选择 MNIST 格式数据集的两个文件（图像和标签）。`,
    });
  if (bytes.length < 4 || bytes[0] !== 0 || bytes[1] !== 0) {
    throw bad('the file does not start with two zero bytes', '文件开头不是两个零字节');
  }
  const code = bytes[2] as number;
  const type = types[code];
  if (code !== UNSIGNED_BYTE && type === undefined) {
    const hex = `0x${code.toString(16).padStart(2, '0')}`;
    throw bad(`element type ${hex} is not valid`, `元素类型 ${hex} 无效`);
  }
  const rank = bytes[3] as number;
  const header = 4 + 4 * rank;
  if (rank === 0 || bytes.length < header) throw bad('the header is incomplete', '文件头不完整');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const shape = Array.from({ length: rank }, (_, axis) => view.getUint32(4 + 4 * axis));
  if (!isShape(shape)) {
    throw bad(`the header states the shape ${shape.join('×')}`, `文件头给出的形状为 ${shape.join('×')}`);
  }
  const size = type?.size ?? 1;
  const expected = shape.reduce((product, length) => product * length, size);
  const found = bytes.length - header;
  // Checked before allocating memory, because a damaged header may state any size.
  if (found !== expected) {
    const sizes = type === undefined ? shape.join('×') : `${shape.join('×')}×${size}`;
    throw bad(
      `the header states ${sizes} = ${expected} bytes, but ${found} bytes follow`,
      `文件头给出的大小为 ${sizes} = ${expected} 字节，实际为 ${found} 字节`,
    );
  }
  if (type === undefined) return { shape, data: bytes.subarray(header) };
  const data = type.make(found / size);
  for (let i = 0; i < data.length; i++) data[i] = type.read(view, header + i * size);
  return { shape, data };
}
