import { UserError } from '../text.ts';
import { isShape } from './axes.ts';
import { elementTypes, isElementName, readElements } from './elements.ts';

/** A NumPy array, row-major. */
export interface NpyArray {
  readonly shape: readonly number[];
  readonly data: Uint8Array | Float32Array | Float64Array;
  /** The elements where they are strings; `data` is empty then. */
  readonly words?: readonly string[];
}

const MAGIC = '\x93NUMPY';

/** True for the first bytes of a .npy file. */
export const isNpy = (bytes: Uint8Array): boolean => String.fromCharCode(...bytes.subarray(0, 6)) === MAGIC;

/**
 * Reads a .npy file, format versions 1 to 3 (numpy.lib.format), of numbers, booleans or strings of a fixed width (`U`, `S`). `name` is the file's name in messages.
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
  const unit = TEXT_UNITS[kind];
  if (unit !== undefined) {
    const width = unit * Number(size);
    if (width === 0 || bytes.length - start !== count * width || shape.length !== 1) {
      throw bad('its text does not have the announced size', '文本长度与文件头不符');
    }
    const words = Array.from({ length: count }, (_, at) =>
      textAt(view, start + at * width, width, unit, order !== '>'),
    );
    return { shape, data: new Uint8Array(), words };
  }
  const type = `${kind}${size}`;
  if (!isElementName(type) || type === 'bf2') throw bad(`its type is ${type}`, `元素类型为 ${type}`);
  const width = elementTypes[type].size;
  // Before anything is allocated: a header may promise any size.
  if (bytes.length - start !== count * width) {
    const [promised, found] = [count * width, bytes.length - start];
    throw bad(
      `its header promises ${promised} bytes, and ${found} follow`,
      `文件头声明 ${promised} 字节，实际有 ${found} 字节`,
    );
  }
  const data = readElements(bytes.subarray(start), type, order !== '>');
  return { shape, data: fortran === 'True' ? rowMajor(data, shape) : data };
}

/** Bytes of a character: `U` is UCS-4, `S` is one byte. */
const TEXT_UNITS: Readonly<Record<string, number | undefined>> = { U: 4, S: 1 };

/** A string that ends at its width or at the first zero. Characters that Unicode does not have become U+FFFD. */
function textAt(view: DataView, start: number, width: number, unit: number, little: boolean): string {
  if (unit === 1) {
    const bytes = new Uint8Array(view.buffer, view.byteOffset + start, width);
    const end = bytes.indexOf(0);
    return new TextDecoder().decode(end < 0 ? bytes : bytes.subarray(0, end));
  }
  let text = '';
  for (let at = start; at < start + width; at += unit) {
    const code = view.getUint32(at, little);
    if (code === 0) break;
    text += code > 0x10ffff ? '\ufffd' : String.fromCodePoint(code);
  }
  return text;
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
