import { UserError } from '../text.ts';

/** The numbers of an IDX file: unsigned bytes, row-major. */
export interface IdxFile {
  readonly shape: readonly number[];
  readonly data: Uint8Array;
}

const BYTES = 0x08;

/** Reads an (already decompressed) IDX file of unsigned bytes, the format of MNIST. `name` is what messages call it. */
export function readIdx(bytes: Uint8Array, name: string): IdxFile {
  const bad = (en: string, zh: string) =>
    new UserError({
      en: `'${name}' cannot be read as an IDX file: ${en}. Give an IDX file of unsigned bytes (images: 3 axes, labels: 1).`,
      zh: `无法把“${name}”当作 IDX 文件读取：${zh}。请提供无符号字节的 IDX 文件（图像为 3 轴，标签为 1 轴）。`,
    });
  if (bytes.length < 4 || bytes[0] !== 0 || bytes[1] !== 0) {
    throw bad('it does not start with the two zero bytes of that format', '开头没有该格式的两个零字节');
  }
  if (bytes[2] !== BYTES) {
    const type = `0x${(bytes[2] as number).toString(16).padStart(2, '0')}`;
    throw bad(`its element type is ${type}, not unsigned bytes (0x08)`, `元素类型为 ${type}，不是无符号字节（0x08）`);
  }
  const rank = bytes[3] as number;
  const header = 4 + 4 * rank;
  if (rank === 0 || bytes.length < header) throw bad('its header is cut off', '文件头不完整');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const shape = Array.from({ length: rank }, (_, axis) => view.getUint32(4 + 4 * axis));
  const expected = shape.reduce((size, length) => size * length, 1);
  const found = bytes.length - header;
  if (found !== expected) {
    throw bad(
      `its header promises ${shape.join('×')} = ${expected} bytes, and ${found} follow`,
      `文件头声明 ${shape.join('×')} = ${expected} 字节，实际有 ${found} 字节`,
    );
  }
  return { shape, data: bytes.subarray(header) };
}
