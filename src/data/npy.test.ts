import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readNpy } from './npy.ts';

const read = (name: string): Uint8Array => readFileSync(new URL(`../../testdata/arrays/${name}`, import.meta.url));
const base = Array.from({ length: 12 }, (_, at) => at - 3);

describe('arrays that NumPy saved', () => {
  it.each<[string, readonly number[]]>([
    ['i1', base],
    ['i2', base],
    ['i2be', base],
    ['i4', base],
    ['i8', base],
    ['u1', base.map(Math.abs)],
    ['u2', base.map(Math.abs)],
    ['f2', base.map((value) => value / 2)],
    ['f4', base.map((value) => value / 2)],
    ['f8be', base.map((value) => value / 2)],
    ['fortran', base],
    ['bool', base.map((value) => Number(value > 0))],
    ['version1', base],
    ['version2', base],
    ['version3', base],
  ])('%s', (name, wanted) => {
    const { shape, data } = readNpy(read(`${name}.npy`), name);
    expect(shape).toEqual([3, 4]);
    expect([...data]).toEqual(wanted);
  });

  it('three axes, the first one fastest', () => {
    expect(readNpy(read('fortran3.npy'), 'x')).toEqual({
      shape: [2, 3, 4],
      data: Float32Array.from({ length: 24 }, (_, at) => at),
    });
  });

  it('text', () => {
    expect(readNpy(read('text.npy'), 'text').words).toEqual(['a', 'b']);
  });

  it.each<[string, Uint8Array, RegExp]>([
    ['text that is cut off', read('text.npy').subarray(0, -3), /its text does not have the announced size/],
    ['complex numbers', read('complex.npy'), /its type is c16/],
    ['objects, which are a pickle', read('objects.npy'), /it holds no plain numbers \(objects/],
    ['records', read('record.npy'), /it holds no plain numbers/],
    ['a cut-off file', read('f4.npy').subarray(0, 150), /its header promises 48 bytes, and 22 follow/],
    ['a cut-off header', read('f4.npy').subarray(0, 40), /its header is cut off/],
    ['nothing', new Uint8Array(), /cut off/],
  ])('but not %s', (_, bytes, message) => {
    expect(() => readNpy(bytes, 'x')).toThrow(message);
  });
});
