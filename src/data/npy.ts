import { UserError } from '../text.ts';
import { isShape } from './axes.ts';

/** A NumPy array, row-major. */
export interface NpyArray {
  readonly shape: readonly number[];
  readonly data: Uint8Array | Float32Array | Float64Array;
}

/** Reads one element; the view's byte order is the array's. */
type ElementReader = (view: DataView, at: number, little: boolean) => number;

const READERS: Readonly<Record<string, readonly [bytes: number, read: ElementReader] | undefined>> = {
  i1: [1, (view, at) => view.getInt8(at)],
  i2: [2, (view, at, little) => view.getInt16(at, little)],
  i4: [4, (view, at, little) => view.getInt32(at, little)],
  i8: [8, (view, at, little) => Number(view.getBigInt64(at, little))],
  u2: [2, (view, at, little) => view.getUint16(at, little)],
  u4: [4, (view, at, little) => view.getUint32(at, little)],
  u8: [8, (view, at, little) => Number(view.getBigUint64(at, little))],
  f2: [2, (view, at, little) => float16(view.getUint16(at, little))],
  f4: [4, (view, at, little) => view.getFloat32(at, little)],
  f8: [8, (view, at, little) => view.getFloat64(at, little)],
};

const MAGIC = '\x93NUMPY';

/** True for the first bytes of a .npy file. */
export const isNpy = (bytes: Uint8Array): boolean => String.fromCharCode(...bytes.subarray(0, 6)) === MAGIC;

/**
 * Reads a .npy file, format versions 1 to 3 (numpy.lib.format), of numbers or booleans. `name` is the file's name in messages.
 * Throws UserError.
 */
export function readNpy(bytes: Uint8Array, name: string): NpyArray {
  const bad = (en: string, zh: string) =>
    new UserError({
      en: `“${name}” cannot be read as a NumPy array: ${en}. Save it with numpy.save again.`,
      zh: `无法将“${name}”作为 NumPy 数组读取：${zh}。请用 numpy.save 重新保存。`,
    });
  if (!isNpy(bytes) || bytes.length < 12) throw bad('the file is cut off', '文件不完整');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const isFirst = bytes[6] === 1;
  const length = isFirst ? view.getUint16(8, true) : view.getUint32(8, true);
  const start = (isFirst ? 10 : 12) + length;
  if (start > bytes.length) throw bad('its header is cut off', '文件头不完整');
  const header = new TextDecoder().decode(bytes.subarray(isFirst ? 10 : 12, start));
  const descr = /'descr':\s*'([<>|=]?)([a-zA-Z])(\d+)'/.exec(header);
  const lengths = /'shape':\s*\(([\d,\s]*)\)/.exec(header)?.[1];
  if (descr === null || lengths === undefined) {
    throw bad('it holds no plain numbers (objects, text or records)', '内容不是普通数值（而是对象、文本或结构）');
  }
  const fortran = /'fortran_order':\s*(True|False)/.exec(header)?.[1];
  if (fortran === undefined) throw bad('its header does not say fortran_order', '文件头缺少 fortran_order');
  const [, order, kind = '', size = ''] = descr;
  const shape = lengths.split(',').flatMap((part) => (part.trim() === '' ? [] : [Number(part)]));
  if (!isShape(shape)) throw bad(`its shape is (${lengths})`, `形状为 (${lengths})`);
  const count = shape.reduce((product, axis) => product * axis, 1);
  const isByte = (kind === 'u' || kind === 'b') && size === '1';
  const reader = READERS[`${kind}${size}`];
  if (!isByte && reader === undefined) throw bad(`its type is ${kind}${size}`, `元素类型为 ${kind}${size}`);
  const [width, read] = reader ?? [1, (at: DataView, offset: number) => at.getUint8(offset)];
  // Before anything is allocated: a header may promise any size.
  if (bytes.length - start !== count * width) {
    const [promised, found] = [count * width, bytes.length - start];
    throw bad(
      `its header promises ${promised} bytes, and ${found} follow`,
      `文件头声明 ${promised} 字节，实际有 ${found} 字节`,
    );
  }
  const data = isByte ? bytes.slice(start) : size === '8' ? new Float64Array(count) : new Float32Array(count);
  if (!isByte) for (let i = 0; i < count; i++) data[i] = read(view, start + i * width, order !== '>');
  return { shape, data: fortran === 'True' ? rowMajor(data, shape) : data };
}

/** IEEE 754 binary16. */
function float16(bits: number): number {
  const [exponent, fraction] = [(bits >> 10) & 31, bits & 1023];
  const sign = bits & 0x8000 ? -1 : 1;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

/** An array that lies with its first axis fastest, as NumPy's `order='F'` lays it. */
function rowMajor<T extends NpyArray['data']>(data: T, shape: readonly number[]): T {
  const moved = data.slice() as T;
  const index = shape.map(() => 0);
  for (let at = 0; at < data.length; at++) {
    let place = 0;
    for (const [axis, length] of shape.entries()) place = place * length + (index[axis] as number);
    moved[place] = data[at] as number;
    for (let axis = 0; axis < shape.length; axis++) {
      index[axis] = (index[axis] as number) + 1;
      if ((index[axis] as number) < (shape[axis] as number)) break;
      index[axis] = 0;
    }
  }
  return moved;
}
