import { describe, expect, it } from 'vitest';
import { type Field, sampleAt } from './dataset.ts';
import { readIdx } from './idx.ts';
import { type DataLayout, idxDataset } from './idxDataset.ts';
import { renumbered } from './labelForms.ts';

/** An IDX file of this element type (8 to 14), big-endian. */
function idx(shape: number[], data: readonly number[], type = 8): Uint8Array {
  const size = { 8: 1, 9: 1, 11: 2, 12: 4, 13: 4, 14: 8 }[type] ?? 1;
  const bytes = new Uint8Array(4 + 4 * shape.length + size * data.length);
  bytes.set([0, 0, type, shape.length]);
  const view = new DataView(bytes.buffer);
  for (const [axis, length] of shape.entries()) view.setUint32(4 + 4 * axis, length);
  data.forEach((value, i) => {
    const at = 4 + 4 * shape.length + size * i;
    if (type === 8) view.setUint8(at, value);
    if (type === 9) view.setInt8(at, value);
    if (type === 11) view.setInt16(at, value);
    if (type === 12) view.setInt32(at, value);
    if (type === 13) view.setFloat32(at, value);
    if (type === 14) view.setFloat64(at, value);
  });
  return bytes;
}

describe('readIdx', () => {
  it.each<[number, number[]]>([
    [8, [0, 1, 255, 7]],
    [9, [-128, 1, 127, 7]],
    [11, [-300, 1, 300, 7]],
    [12, [-70_000, 1, 70_000, 7]],
    [13, [-0.5, 1, 1e9, 7]],
    [14, [-0.1, 1, 1e300, 7]],
  ])('reads shape and values of element type %i', (type, numbers) => {
    const { shape, data } = readIdx(idx([2, 1, 2], numbers, type), 'x');
    expect([shape, [...data]]).toEqual([[2, 1, 2], numbers]);
  });

  it.each([
    ['empty', new Uint8Array(), /does not start with two zero bytes/],
    ['another format', Uint8Array.of(0x89, 0x50, 0x4e, 0x47), /does not start with two zero bytes/],
    ['an unknown type', idx([1], [0], 0x0a), /element type 0x0a is not valid/],
    ['no axes', idx([], []), /header is incomplete/],
    ['cut-off header', idx([3, 3], []).subarray(0, 9), /header is incomplete/],
    ['cut-off data', idx([2, 2], [1, 2, 3]), /2×2 = 4 bytes, but 3 bytes follow/],
    ['too much data', idx([2], [1, 2, 3]), /= 2 bytes, but 3 bytes follow/],
    ['cut-off numbers', idx([2], [1, 2], 12).subarray(0, 15), /2×4 = 8 bytes, but 7 bytes follow/],
    ['a size beyond all memory', idx([4e9, 4e9], [], 14), /states the shape 4000000000×4000000000/],
    ['samples of no pixels', idx([4e9, 0], []), /states the shape 4000000000×0/],
  ])('refuses: %s', (_, bytes, message) => {
    expect(() => readIdx(bytes, 'digits')).toThrow(message);
    expect(() => readIdx(bytes, 'digits')).toThrow(/“digits”/);
  });
});

const twoImages = idx([2, 1, 2], [0, 255, 51, 102]);

describe('idxDataset', () => {
  it('grayscale images have one channel', () => {
    const data = idxDataset('d', twoImages, idx([2], [1, 0]));
    expect(data).toMatchObject({ count: 2, inputs: [{ shape: [1, 1, 2] }], targets: [{ classes: 2 }] });
    expect([...sampleAt(data.inputs[0] as Field, 0)]).toEqual([0, 1]);
  });

  it.each<[string, Uint8Array, number[]]>([
    ['bytes', idx([2], [3, 1]), [3, 1]],
    ['32-bit integers, as QMNIST has them', idx([2], [3, 1], 12), [3, 1]],
    ['16-bit integers', idx([2], [3, 1], 11), [3, 1]],
    ['floats that are whole', idx([2], [3, 1], 13), [3, 1]],
    ['a column', idx([2, 1], [3, 1]), [3, 1]],
    ['one-hot rows', idx([2, 4], [0, 0, 0, 1, 0, 1, 0, 0]), [3, 1]],
    ['one-hot rows of floats', idx([2, 4], [0, 0, 0, 1, 0, 1, 0, 0], 13), [3, 1]],
  ])('accepts labels as %s', (_, labels, classes) => {
    const [label] = idxDataset('d', twoImages, labels).targets;
    expect(label).toMatchObject({ kind: 'classes', classes: 4 });
    expect([...(label?.data ?? [])]).toEqual(classes);
  });

  it.each<[string, Uint8Array, RegExp]>([
    ['another number of samples', idx([3], [0, 1, 2]), /2 images and 3 labels/],
    [
      'a negative label',
      idx([2], [0, -1], 12),
      /Label 1 of “d” is -1, but a class must be a whole number from 0 to 65535/,
    ],
    ['a large label', idx([2], [70_000, 1], 12), /Label 0 of “d” is 70000/],
    ['half a label', idx([2], [0.5, 1], 13), /Label 0 of “d” is 0\.5/],
    ['NaN', idx([2], [Number.NaN, 1], 13), /Label 0 of “d” is NaN/],
    ['two ones in a row', idx([2, 3], [1, 0, 1, 0, 1, 0]), /shape \[2, 3\], but sample 0 is not one-hot/],
    ['no samples', idx([0], []), /2 images and 0 labels/],
    ['an empty row', idx([2, 3], [1, 0, 0, 0, 0, 0]), /sample 1 is not one-hot/],
  ])('refuses labels with %s', (_, labels, message) => {
    expect(() => idxDataset('d', twoImages, labels)).toThrow(message);
  });

  it.each<[string, Uint8Array, object]>([
    ['32-bit pixels', idx([2, 1, 2], [0, 255, 51, 102], 12), { kind: 'bytes', shape: [1, 1, 2] }],
    ['floats', idx([2, 1, 2], [0, 1, 0.2, 0.4], 13), { kind: 'numbers', shape: [1, 1, 2] }],
    ['colors', idx([2, 3, 1, 1], [1, 2, 3, 4, 5, 6]), { kind: 'bytes', shape: [3, 1, 1] }],
    ['features', idx([2, 3], [1, 2, 3, 4, 5, 6]), { kind: 'bytes', shape: [3] }],
  ])('accepts images as %s', (_, images, field) => {
    expect(idxDataset('d', images, idx([2], [0, 1])).inputs[0]).toMatchObject(field);
  });

  it.each<[string, number, number]>([
    ['NaN', Number.NaN, 13],
    ['infinity', Number.NEGATIVE_INFINITY, 14],
    ['a double that no float holds', 1e300, 14],
  ])('refuses images with %s', (_, value, type) => {
    const images = idx([2, 1, 2], [0, 0.5, 0.5, value], type);
    expect(() => idxDataset('d', images, idx([2], [0, 1]))).toThrow(/Sample 1 of “d” contains NaN, infinity/);
  });

  it('refuses a file without samples', () => {
    expect(() => idxDataset('d', idx([0, 1, 2], []), idx([0], []))).toThrow(/“d” contains no samples/);
  });

  it.each<[DataLayout, number[], number[]]>([
    [{}, [1, 2, 2], [0, 5, 10, 1, 6, 11]],
    [{ channels: 'last' }, [2, 1, 2], [0, 10, 5, 1, 11, 6]],
  ])('orders the channels by %j', (layout, shape, pixels) => {
    const images = idx([2, 1, 2, 2], [0, 5, 10, 15, 1, 6, 11, 16]);
    const [image] = idxDataset('d', images, idx([2], [0, 1]), layout).inputs;
    expect(image?.shape).toEqual(shape);
    const first = [...(image?.data ?? [])];
    expect([...first.slice(0, 3), ...first.slice(4, 7)]).toEqual(pixels);
  });

  it('numbers labels from 0 if requested', () => {
    const images = idx([4, 1, 1], [0, 0, 0, 0]);
    const labels = idx([4], [7, 1, 26, 7]);
    expect(idxDataset('d', images, labels).targets[0]).toMatchObject({ classes: 27 });
    const [label] = renumbered(idxDataset('d', images, labels)).targets;
    expect(label).toMatchObject({ classes: 3 });
    expect([...(label?.data ?? [])]).toEqual([1, 0, 2, 1]);
  });
});
