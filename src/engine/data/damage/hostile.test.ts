import { chmodSync, readFileSync, symlinkSync, truncateSync, unlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import type { Dataset } from '../../../data/dataset.ts';
import { openFolder } from '../fileTree.ts';
import { openPath } from '../openPath.ts';
import { testFolders } from '../testFolders.ts';
import { treeDataset } from '../treeDataset.ts';
import { type ForgedEntry, forgedZip } from './zipFile.ts';

const testdata = fileURLToPath(new URL('../../../../testdata/', import.meta.url));
const { folder, remove } = testFolders();
afterAll(remove);

const text = (words: string): Buffer => Buffer.from(words);
const image = (name: string): Buffer => readFileSync(join(testdata, 'images', name));
const png = image('rgb.png');

const write = (name: string, bytes: Uint8Array): string => join(folder({ [name]: bytes }), name);
const zip = (entries: readonly ForgedEntry[]): string => write('data.zip', forgedZip(entries));

const reading = { data: { validation: 0.2, splitSeed: 1 }, image: null, progress: () => {} };
const open = (path: string): Promise<Dataset> => openPath(path, reading);
const leftOut = ({ unreadable = [] }: Dataset) => unreadable.map(({ file, reason }) => `${file}: ${reason.en}`);

const pets = [
  { name: 'cat/1.png', bytes: png },
  { name: 'dog/2.png', bytes: png },
];
const petFiles = { 'cat/1.png': png, 'dog/2.png': png };
/** 100 MB that pack to 100 kB. */
const zeros = new Uint8Array(100e6);

describe('zip bombs', () => {
  it.each<[string, () => string, RegExp]>([
    [
      'an entry that states its size',
      () => zip([...pets, { name: 'dog/3.png', bytes: zeros }]),
      /^dog\/3.png: .*“.*data.zip\/dog\/3.png” has 100 MB unpacked, more than the 67 MB that are read/,
    ],
    [
      'an entry that states a smaller size',
      () => zip([...pets, { name: 'dog/3.png', bytes: zeros, size: 999 }]),
      /^dog\/3.png: .*the size that it states is wrong/,
    ],
    [
      'an entry that states a larger size',
      () => zip([...pets, { name: 'dog/3.png', bytes: png, size: 999 }]),
      /^dog\/3.png: .*the size that it states is wrong/,
    ],
    [
      'an entry whose bytes were changed',
      () => zip([...pets, { name: 'dog/3.png', bytes: png, crc: 1 }]),
      /^dog\/3.png: .*its checksum differs/,
    ],
  ])('%s is left out', async (_, path, reason) => {
    const data = await open(path());
    expect(data.count).toBe(2);
    expect(leftOut(data)).toEqual([expect.stringMatching(reason)]);
  });

  it.each<[string, () => string, RegExp]>([
    [
      'arrays',
      () => zip([{ name: 'x.npy', bytes: zeros }]),
      /x.npy” has 100 MB unpacked, more than the 67 MB that are read. Unpack the archive/,
    ],
    [
      'entries that share their bytes',
      () =>
        zip(
          Array.from({ length: 3000 }, (_, at) => ({
            name: `a/${at}.png`,
            bytes: png,
            ...(at === 0 ? {} : { shares: 0 }),
          })),
        ),
      /its files overlap/,
    ],
    ['an archive in an archive', () => zip([{ name: 'data.zip', bytes: forgedZip(pets) }]), /contains no data/],
    ['an empty archive', () => zip([]), /contains no data/],
    [
      'a gzip file',
      () => write('table.csv.gz', gzipSync(zeros)),
      /unpacks from .* kB to more than 67 MB, .* unpack it/,
    ],
  ])('%s: refused', async (_, path, message) => {
    await expect(open(path())).rejects.toThrow(message);
  });
});

describe('paths that leave the dataset', () => {
  it.each([
    '../x.png',
    '/x.png',
    'C:/x.png',
    '..\\x.png',
    'cat\\..\\..\\x.png',
    'cat/../../x.png',
  ])('in an archive: %s', async (name) => {
    await expect(open(zip([...pets, { name, bytes: png }]))).rejects.toThrow(
      /the path “.*x\.png” in it leads out of it/,
    );
  });

  it('in a table', async () => {
    const outside = join(folder({ 'secret.png': png }), 'secret.png');
    const names = ['1.png', '2.png', '3.png', '4.png', '../secret.png', outside, 'C:\\data\\secret.png', ''];
    const rows = names.map((name, at) => `${name},${at % 2 === 0 ? 'x' : 'y'}`);
    const data = await open(
      folder({
        'labels.csv': text(`file,label\n${rows.join('\n')}\n`),
        ...Object.fromEntries(names.slice(0, 4).map((name) => [`images/${name}`, png])),
      }),
    );
    expect(data.files).toEqual(['images/1.png', 'images/3.png', 'images/2.png', 'images/4.png']);
    expect(leftOut(data)).toEqual(
      names.slice(4).map((name) => `${name}: the table names it, but the dataset has no such image`),
    );
  });

  it('in a table, of the computer where the table was made', async () => {
    const data = await open(
      folder({
        ...petFiles,
        'meta/labels.csv': text('file,label\n..\\cat\\1.png,x\nC:\\pets\\dog\\2.png,y\n'),
      }),
    );
    expect(data.count).toBe(2);
    expect(leftOut(data)).toEqual([]);
  });
});

describe('rows of a table that cannot be used', () => {
  it('are listed with the reason', async () => {
    const data = await open(
      folder({
        'a/1.png': png,
        'b/1.png': png,
        'b/2.png': png,
        'b/3.png': png,
        'labels.csv': text('file,label\na/1.png,x\nb/1.png,y\n1.png,x\n2.png,\n3.png,x\n'),
      }),
    );
    // Class folders come before tables.
    expect(data.files).toHaveLength(4);
    const listed = await open(
      folder({
        'i/a/1.png': png,
        'i/b/1.png': png,
        'i/2.png': png,
        'i/3.png': png,
        'labels.csv': text('file,label\ni/a/1.png,x\nb/1.png,y\n1.png,x\n2.png,\n3.png,x\n'),
      }),
    );
    expect(listed.files).toEqual(['i/3.png', 'i/a/1.png', 'i/b/1.png']);
    expect(leftOut(listed)).toEqual([
      '1.png: several images have this name; write the path into the table',
      '2.png: the table gives it no class',
    ]);
  });
});

/** The bytes with some of them replaced. */
const changed = (bytes: Uint8Array, at: number, ...values: readonly number[]): Uint8Array => {
  const copy = Uint8Array.from(bytes);
  copy.set(values, at);
  return copy;
};
const frameOf = (jpeg: Buffer): number =>
  jpeg.findIndex((byte, at) => byte === 0xff && [0xc0, 0xc2].includes(jpeg[at + 1] ?? 0));
const FULL = [0xff, 0xff, 0xff, 0xff];

describe('absurd dimensions', () => {
  it.each<[string, string, Uint8Array]>([
    ['PNG', '65535×65535', changed(png, 16, 0, 0, 0xff, 0xff, 0, 0, 0xff, 0xff)],
    ['JPEG', '65535×65535', changed(image('baseline.jpg'), frameOf(image('baseline.jpg')) + 5, ...FULL)],
    [
      'progressive JPEG',
      '65535×65535',
      changed(image('progressive.jpg'), frameOf(image('progressive.jpg')) + 5, ...FULL),
    ],
    ['GIF', '65535×65535', changed(image('palette.gif'), 6, ...FULL)],
    ['WebP, lossless', '16384×16384', changed(image('lossless.webp'), 21, ...FULL)],
    ['WebP, lossy', '16383×16383', changed(image('lossy.webp'), 26, ...FULL)],
    ['BMP', '65535×65535', changed(image('rgb.bmp'), 18, 0xff, 0xff, 0, 0, 0xff, 0xff, 0, 0)],
    ['PPM', '65535×65535', text('P6\n# large\n65535 65535\n255\nabc')],
  ])('%s is left out, and the message says the bound', async (_, size, bytes) => {
    const start = performance.now();
    const data = await open(folder({ ...petFiles, 'dog/large.png': bytes }));
    expect(leftOut(data)).toEqual([
      `dog/large.png: ${size} pixels, more than the 134,217,728 that are decoded; scale it down`,
    ]);
    expect(performance.now() - start).toBeLessThan(5000);
  });

  const idx = (rank: number, ...axes: readonly number[]) => Uint8Array.from([0, 0, 8, rank, ...axes]);
  const npy = (header: string) =>
    Buffer.concat([Buffer.from('\x93NUMPY', 'latin1'), Buffer.from([1, 0, header.length, 0]), text(header)]);
  const numpy = (shape: string, descr = '|u1') =>
    npy(`{'descr': '${descr}', 'fortran_order': False, 'shape': ${shape}, }`);
  it.each<[string, string, Uint8Array, RegExp]>([
    ['IDX of many images', 'x-images-idx3-ubyte', idx(3, ...FULL, ...FULL, ...FULL), /states the shape 4294967295×/],
    [
      'IDX of images without pixels',
      'x-images-idx3-ubyte',
      idx(3, ...FULL, 0, 0, 0, 0, 0, 0, 0, 1),
      /states the shape/,
    ],
    ['IDX of many axes', 'x-images-idx3-ubyte', idx(255, ...FULL), /the header is incomplete/],
    ['IDX labels without images', 'data', idx(1, 0, 0, 0, 1, 3), /contains labels, and there are no images/],
    ['npy of many numbers', 'x.npy', numpy('(65535, 65535, 65535)'), /its shape is/],
    ['npy of samples without numbers', 'x.npy', numpy('(9007199254740991, 0)'), /its shape is/],
    ['npy of a length beyond counting', 'x.npy', numpy('(99999999999999999999999, 0)'), /its shape is/],
    ['npy of objects, which are a pickle', 'x.npy', numpy('(2,)', '|O'), /it holds no plain numbers \(objects/],
    ['npy of complex numbers', 'x.npy', numpy('(2,)', '<c16'), /its type is c16/],
    ['npy without an order', 'x.npy', npy("{'descr': '|u1', 'shape': (2,), }"), /does not say fortran_order/],
  ])('%s: refused', async (_, name, bytes, message) => {
    const labels = Uint8Array.from([0, 0, 8, 1, 0, 0, 0, 1, 3]);
    const others: Record<string, Uint8Array> = name.endsWith('ubyte') ? { 'x-labels-idx1-ubyte': labels } : {};
    await expect(open(join(folder({ ...others, [name]: bytes }), name))).rejects.toThrow(message);
  });
});

const names = [
  '猫',
  'кошка',
  'قطة',
  'café',
  'cafe\u0301',
  '🐈‍⬛',
  'a cat',
  '#1',
  '100%',
  'what?',
  "o'cat",
  '[x]',
  'ＣＡＴ',
  '-rf',
  '~',
];

describe('names in all scripts', () => {
  it('of folders and files', async () => {
    const data = await open(folder(Object.fromEntries(names.map((name) => [`${name}/${name}.png`, png]))));
    const [target] = data.targets;
    expect([target?.kind === 'classes' && target.names, leftOut(data)]).toEqual([[...names].sort(), []]);
  });

  it.each<[string, boolean]>([
    ['marked as UTF-8', true],
    ['not marked, as on macOS', false],
  ])('in an archive, %s', async (_, utf8) => {
    const data = await open(zip(names.map((name) => ({ name: `${name}/${name}.png`, bytes: png, utf8 }))));
    const [target] = data.targets;
    expect(target?.kind === 'classes' && target.names).toEqual([...names].sort());
  });

  it.each<[string, readonly number[], string]>([
    ['in GB 18030, as on Chinese Windows', [0xb9, 0xb7, 0xc3, 0xa8], '狗猫'],
    ['in code page 437', [0x63, 0x61, 0x66, 0x82], 'café'],
  ])('in an archive, %s', async (_, bytes, name) => {
    const raw = Uint8Array.from([...bytes, ...text('/1.png')]);
    const data = await open(
      zip([
        { name: raw, bytes: png },
        { name: 'dog/1.png', bytes: png },
      ]),
    );
    const [target] = data.targets;
    expect(target?.kind === 'classes' && target.names).toContain(name);
  });

  it('in a table, with accents composed or apart', async () => {
    const data = await open(
      folder({
        'i/cafe\u0301.png': png,
        'i/thé.png': png,
        'i/猫.png': png,
        'labels.csv': text('file,label\ncafé.png,x\nthe\u0301.png,y\n猫.png,x\n'),
      }),
    );
    expect([data.count, leftOut(data)]).toEqual([3, []]);
  });
});

/** Runs as a user who may read only what all may; false where that is not possible. */
async function asNobody(work: () => Promise<void>): Promise<boolean> {
  if (process.platform === 'win32' || process.seteuid === undefined) return false;
  const isRoot = process.geteuid?.() === 0;
  if (isRoot) process.seteuid(65534);
  try {
    await work();
  } finally {
    if (isRoot) process.seteuid(0);
  }
  return true;
}

describe('folders and files that cannot be read', () => {
  it('are left out with the reason', async (context) => {
    const root = folder({ ...petFiles, 'owl/3.png': png, 'dog/4.png': png });
    chmodSync(join(root, 'owl'), 0);
    chmodSync(join(root, 'dog/4.png'), 0);
    const ran = await asNobody(async () => {
      const data = await open(root);
      expect(data.count).toBe(2);
      expect(leftOut(data)).toEqual([
        'owl/: you do not have permission to read or write there',
        expect.stringMatching(/^dog\/4.png: .*you do not have permission/),
      ]);
    });
    chmodSync(join(root, 'owl'), 0o755);
    if (!ran) context.skip('this system cannot take away the right to read');
  });

  it('are refused where nothing else is there', async (context) => {
    const root = folder({ 'table.csv': text('a,b\n1,2\n') });
    chmodSync(join(root, 'table.csv'), 0);
    const ran = await asNobody(async () => {
      await expect(open(join(root, 'table.csv'))).rejects.toThrow(
        /table.csv” cannot be used: you do not have permission/,
      );
    });
    if (!ran) context.skip('this system cannot take away the right to read');
  });

  it.skipIf(process.platform === 'win32')('are passed over where links form a circle', async () => {
    const root = folder(petFiles);
    symlinkSync(root, join(root, 'cat/again'));
    symlinkSync('loop.png', join(root, 'dog/loop.png'));
    symlinkSync('nowhere.png', join(root, 'dog/lost.png'));
    const data = await open(root);
    expect(data.count).toBe(2);
    expect(leftOut(data)).toEqual([
      expect.stringMatching(/^dog\/loop.png: /),
      expect.stringMatching(/^dog\/lost.png: There is no file/),
    ]);
  });

  it('are left out where they are deleted or cut off while reading', async () => {
    const root = folder({ ...petFiles, 'dog/3.png': png, 'dog/4.png': png });
    const tree = await openFolder(root);
    unlinkSync(join(root, 'dog/3.png'));
    truncateSync(join(root, 'dog/4.png'), 70);
    const data = await treeDataset(tree, reading);
    expect(leftOut(data)).toEqual([
      expect.stringMatching(/^dog\/3.png: There is no file/),
      'dog/4.png: the file is cut off',
    ]);
  });

  it('are left out where they are empty or of another kind', async () => {
    const data = await open(
      folder({
        ...petFiles,
        'dog/empty.png': new Uint8Array(),
        'dog/page.jpg': text('<html></html>'),
        'dog/drawing.png': text('<svg xmlns="http://www.w3.org/2000/svg"/>'),
      }),
    );
    const other = 'not an image in one of the formats PNG, JPEG, WebP, BMP, GIF, TIFF, PNM';
    expect(leftOut(data)).toEqual([
      `dog/drawing.png: ${other}`,
      'dog/empty.png: the file is empty',
      `dog/page.jpg: ${other}`,
    ]);
  });

  it('are left out where CIFAR or IDX files are incomplete', async () => {
    const batch = new Uint8Array(2 * 3073).fill(1);
    const cifar = await open(folder({ 'data_batch_1.bin': batch, 'data_batch_2.bin': batch.subarray(9) }));
    expect([cifar.count, leftOut(cifar)]).toEqual([
      2,
      ['data_batch_2.bin: not a whole number of CIFAR records of 3,073 or 3,074 bytes'],
    ]);
  });
});

describe('folders and files of the wrong kind', () => {
  it.each<[string, () => string, RegExp]>([
    ['an empty folder', () => folder({}), /contains no data that can be read. Choose/],
    [
      'a folder named like a table',
      () => dirname(write('table.csv/readme', text('x'))),
      /contains no data that can be read/,
    ],
    ['a folder with one class', () => folder({ 'x/a/1.png': png }), /in one class folder/],
    ['an empty file', () => write('table.csv', new Uint8Array()), /“table.csv” has no rows. Choose/],
    ['an empty array', () => write('x.npy', new Uint8Array()), /“x.npy” has no rows|cut off/],
    [
      'a CIFAR file of another size',
      () => write('data_batch_1.bin', new Uint8Array(3000)),
      /“data_batch_1.bin” is damaged/,
    ],
    ['a program', () => write('table.csv', Uint8Array.from([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1])), /is not a text file/],
  ])('%s: refused', async (_, path, message) => {
    await expect(open(path())).rejects.toThrow(message);
  });
});
