import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { zipSync } from 'fflate';
import { afterAll, describe, expect, it } from 'vitest';
import type { Dataset } from '../../data/dataset.ts';
import { recoloredText } from '../../data/recolored.ts';
import type { DataConfig } from '../../graph/document.ts';
import { openPath } from './openPath.ts';

const testdata = fileURLToPath(new URL('../../../testdata/', import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), 'own-data-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const text = (words: string): Uint8Array => new TextEncoder().encode(words);
const idx = (type: number, axes: readonly number[], bytes: readonly number[]): Uint8Array =>
  Uint8Array.from([0, 0, type, axes.length, ...axes.flatMap((axis) => [0, 0, axis >> 8, axis & 255]), ...bytes]);

let folders = 0;
/** A new folder with these files; a string copies a file of the test images. */
function folder(files: Readonly<Record<string, Uint8Array | string>>): string {
  const root = join(scratch, `${folders++}`);
  for (const [path, content] of Object.entries(files)) {
    const file = join(root, path);
    mkdirSync(dirname(file), { recursive: true });
    if (typeof content === 'string') cpSync(join(testdata, 'images', content), file);
    else writeFileSync(file, content);
  }
  return root;
}

/** The path of a new file. */
const write = (name: string, bytes: Uint8Array): string => join(folder({ [name]: bytes }), name);

const open = (path: string, data: Partial<DataConfig> = {}): Promise<Dataset> =>
  openPath(path, { data: { validation: 0.2, splitSeed: 1, ...data }, image: null, progress: () => {} });

/** Facts that a row states of a dataset. */
const summary = ({ count, inputs, targets, parts, unreadable }: Dataset) => ({
  count,
  shape: inputs[0]?.shape,
  classes: targets[0]?.kind === 'classes' ? (targets[0].names ?? targets[0].classes) : null,
  labels: [...(targets[0]?.data ?? [])],
  ...(parts === undefined ? {} : { parts: [...parts] }),
  ...(unreadable === undefined || unreadable.length === 0 ? {} : { unreadable: unreadable.map(({ file }) => file) }),
});

const pets = { 'cat/1.png': 'rgb.png', 'cat/2.jpg': 'baseline.jpg', 'dog/3.gif': 'palette.gif' };
const petFiles = { classes: ['cat', 'dog'], labels: [0, 0, 1], count: 3, shape: [3, 6, 9] };
const cifar = (labels: readonly number[]) =>
  Uint8Array.from(labels.flatMap((label) => [label, ...Array(3072).fill(label)]));
const pixels = idx(8, [2, 2, 3], [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);

describe('data is recognized by its content', () => {
  it.each<[string, () => string, object]>([
    ['class folders', () => folder(pets), petFiles],
    [
      'class folders in parts',
      () => folder({ 'train/a/1.png': 'rgb.png', 'train/b/2.png': 'rgb.png', 'test/a/3.png': 'rgb.png' }),
      { count: 3, classes: ['a', 'b'], labels: [0, 1, 0], parts: [0, 0, 2] },
    ],
    [
      'a folder with a table',
      () =>
        folder({
          'img/1.png': 'rgb.png',
          'img/2.png': 'rgb.png',
          'labels.csv': text('file,label\n1.png,x\n2.png,y\n'),
        }),
      { count: 2, classes: ['x', 'y'], labels: [0, 1] },
    ],
    [
      'files that cannot be read',
      () => folder({ ...pets, 'dog/4.png': text('no image'), 'dog/5.png': new Uint8Array() }),
      { ...petFiles, unreadable: ['dog/4.png', 'dog/5.png'] },
    ],
    [
      'gray images of one size',
      () => folder({ 'a/1.png': 'gray.png', 'b/2.jpg': 'gray.jpg' }),
      { count: 2, shape: [1, 6, 9] },
    ],
    [
      'images of several sizes',
      () => folder({ 'a/1.png': 'rgb.png', 'b/2.jpg': 'orientation-6.jpg' }),
      { shape: [3, 64, 64] },
    ],
    [
      'a zip of class folders',
      () => {
        const root = folder(pets);
        const files = Object.keys(pets).map((path) => [`pets/${path}`, readFileSync(join(root, path))] as const);
        return write('pets.zip', zipSync(Object.fromEntries(files)));
      },
      petFiles,
    ],
    [
      'a table',
      () => write('iris.csv', text('a,b,species\n1,2,x\n3,4,y\n5,6,x\n')),
      { count: 3, shape: [2], classes: ['x', 'y'] },
    ],
    [
      'a table with another ending, packed',
      () => write('iris.data.gz', gzipSync(text('1,2,x\n3,4,y\n'))),
      { count: 2, shape: [2] },
    ],
    [
      'a folder with one table',
      () => folder({ 'train.csv': text('a,y\n1,2.5\n3,4.5\n'), 'readme.md': text('#') }),
      { count: 2, classes: null },
    ],
    [
      'IDX images',
      () =>
        join(
          folder({ 'x-images-idx3-ubyte': pixels, 'x-labels-idx1-ubyte': idx(8, [2], [1, 0]) }),
          'x-images-idx3-ubyte',
        ),
      { count: 2, shape: [1, 2, 3], labels: [1, 0] },
    ],
    [
      'IDX labels',
      () =>
        join(
          folder({ 'x-images-idx3-ubyte': pixels, 'x-labels-idx1-ubyte': idx(8, [2], [1, 0]) }),
          'x-labels-idx1-ubyte',
        ),
      { count: 2, labels: [1, 0] },
    ],
    [
      'a folder of IDX files',
      () =>
        folder({
          'train-images-idx3-ubyte.gz': gzipSync(pixels),
          'train-labels-idx1-ubyte.gz': gzipSync(idx(8, [2], [1, 0])),
          't10k-images-idx3-ubyte.gz': gzipSync(pixels),
          't10k-labels-idx1-ubyte.gz': gzipSync(idx(8, [2], [2, 2])),
        }),
      { count: 4, labels: [1, 0, 2, 2], classes: 3, parts: [0, 0, 2, 2] },
    ],
    [
      'CIFAR-10',
      () =>
        folder({
          'data_batch_1.bin': cifar([3, 1]),
          'test_batch.bin': cifar([2]),
          'batches.meta.txt': text('a\nb\nc\nd\ne\nf\ng\nh\ni\nj\n'),
        }),
      { count: 3, shape: [3, 32, 32], labels: [3, 1, 2], classes: [...'abcdefghij'], parts: [0, 0, 2] },
    ],
    [
      'NumPy arrays in parts',
      () => join(testdata, 'arrays/parts.npz'),
      { count: 6, shape: [3, 5, 5], labels: [0, 1, 2, 1, 2, 0], parts: [0, 0, 0, 0, 2, 2] },
    ],
    [
      'NumPy arrays with one-hot targets',
      () => join(testdata, 'arrays/onehot.npz'),
      { count: 6, shape: [1, 5, 5], classes: 3, labels: [0, 1, 2, 1, 0, 2] },
    ],
    ['NumPy arrays of numbers', () => join(testdata, 'arrays/regression.npz'), { count: 6, shape: [3], classes: null }],
  ])('%s', async (_, path, wanted) => {
    expect(summary(await open(path()))).toMatchObject(wanted);
  });

  it('resizes images as the settings say', async () => {
    const data = await open(folder(pets), { image: { height: 4, width: 5, channels: 1, fit: 'crop' } });
    expect(data.inputs[0]).toMatchObject({ shape: [1, 4, 5], kind: 'bytes' });
    expect(data.files).toEqual(['cat/1.png', 'cat/2.jpg', 'dog/3.gif']);
  });

  it.each<[1 | 3, string]>([
    [1, '2 color images turned to gray.'],
    [3, '1 gray image turned to color: three equal channels.'],
  ])('says how many images it turned to %i channels', async (channels, said) => {
    const mixed = folder({ 'a/1.png': 'rgb.png', 'a/2.png': 'palette.png', 'b/3.png': 'gray.png' });
    const data = await open(mixed, { image: { height: 4, width: 5, channels, fit: 'stretch' } });
    expect(recoloredText(data.recolored ?? 0, { channels })?.en).toBe(said);
  });

  it('passes over a link to a folder above', async () => {
    const root = folder(pets);
    symlinkSync(root, join(root, 'cat', 'again'));
    expect(summary(await open(root))).toMatchObject(petFiles);
  });
});

describe('data that cannot be used is refused', () => {
  it.each<[string, () => string, RegExp]>([
    ['a path that is not there', () => join(scratch, 'nowhere'), /There is no file/],
    ['an empty folder', () => folder({ 'readme.md': text('#') }), /contains no data that can be read/],
    ['one class folder', () => folder({ 'x/a/1.png': 'rgb.png', 'x/a/2.png': 'rgb.png' }), /in one class folder/],
    [
      'images that are all damaged',
      () => folder({ 'a/1.png': text('x'), 'b/2.png': text('y') }),
      /None of the 2 images/,
    ],
    [
      'several tables',
      () => folder({ 'a.csv': text('a,b\n1,2\n'), 'b.csv': text('a,b\n1,2\n') }),
      /several tables: a.csv, b.csv/,
    ],
    ['one image', () => join(testdata, 'images/rgb.png'), /is a single image/],
    ['HDF5', () => write('x.h5', Uint8Array.from([0x89, 0x48, 0x44, 0x46, 13, 10])), /HDF5 file/],
    [
      'a zip that is cut off',
      () => write('cut.zip', zipSync({ 'a/1.png': text('x'.repeat(999)) }).subarray(0, 60)),
      /cannot be read as a zip archive/,
    ],
    [
      'a zip with a path that leaves it',
      () => write('out.zip', zipSync({ '../a/1.png': text('x') })),
      /cannot be read as a zip archive/,
    ],
    [
      'labels without images',
      () => join(folder({ 'x-labels-idx1-ubyte': idx(8, [2], [1, 0]) }), 'x-labels-idx1-ubyte'),
      /no images/,
    ],
    [
      'arrays without targets',
      () => write('x.npz', zipSync({ 'a.npy': readFileSync(join(testdata, 'arrays/f4.npy')) })),
      /no pair of samples and targets. Its arrays are: a/,
    ],
  ])('%s', async (_, path, message) => {
    await expect(open(path())).rejects.toThrow(message);
  });
});
