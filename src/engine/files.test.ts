import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, expect, it } from 'vitest';
import { labelsOf } from '../data/dataset.ts';
import { stratifiedSplit } from '../data/split.ts';
import { filesBeside, openDataset } from './files.ts';
import { readBytes } from './readBytes.ts';

const files = filesBeside(new URL('../../out/main/engine.js', import.meta.url).href);
const folder = mkdtempSync(join(tmpdir(), 'netloom-data-'));
afterAll(() => rmSync(folder, { recursive: true }));

const images = Uint8Array.of(0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 2, 1, 2, 3, 4);
const labels = Uint8Array.of(0, 0, 8, 1, 0, 0, 0, 2, 1, 0);

it('opens the 10,000 embedded images, of which 2,000 are held out', async () => {
  const data = await openDataset('mnist', files);
  expect(data).toMatchObject({ count: 10_000, inputs: [{ shape: [1, 28, 28] }], targets: [{ classes: 10 }] });
  const { train, validation } = stratifiedSplit(labelsOf(data) as Uint8Array, 0.2, 1);
  expect([train.length, validation.length]).toEqual([8000, 2000]);
});

const pack = (name: string, bytes: Uint8Array) => (name.toLowerCase().endsWith('.gz') ? gzipSync(bytes) : bytes);

it.each([
  ['plain-images-idx3-ubyte', 'plain-labels-idx1-ubyte'],
  ['packed-images-idx3-ubyte.gz', 'packed-labels-idx1-ubyte.gz'],
  ['half-images-idx3-ubyte', 'half-labels-idx1-ubyte.gz'],
  ['other-images-idx3-ubyte.gz', 'other-labels-idx1-ubyte'],
  ['color-images-idx4-ubyte', 'color-labels-idx1-ubyte'],
  ['same-images-idx4-ubyte', 'same-labels-idx4-ubyte'],
  ['Train-Images.idx3-ubyte', 'train-labels.idx1-ubyte'],
  ['UPPER-IMAGES-IDX3-UBYTE.GZ', 'UPPER-LABELS-IDX1-UBYTE'],
  ['ints-images-idx3-ubyte', 'ints-labels-idx2-int'],
  ['images.idx', 'labels.idx'],
  ['short-images', 'short-labels'],
])('opens IDX files by the path of the images: %s with %s', async (imagesName, labelsName) => {
  const path = join(folder, imagesName);
  writeFileSync(path, pack(imagesName, images));
  writeFileSync(join(folder, labelsName), pack(labelsName, labels));
  const data = await openDataset(path, files);
  expect(data).toMatchObject({ count: 2, inputs: [{ shape: [1, 1, 2] }], targets: [{ classes: 2 }] });
  expect([...(data.inputs[0]?.data ?? [])]).toEqual([1, 2, 3, 4]);
});

it('explains the problem of a file', async () => {
  const path = join(folder, 'cut-images-idx3-ubyte.gz');
  writeFileSync(path, gzipSync(images).subarray(0, 20));
  await expect(openDataset(path, files)).rejects.toThrow(/damaged or incomplete gzip file/);
  writeFileSync(path, gzipSync(Buffer.alloc(100 * 2 ** 20)));
  await expect(openDataset(path, files)).rejects.toThrow(/unpacks from 102 kB to more than 67 MB/);
  const alone = join(folder, 'alone-images-idx3-ubyte');
  writeFileSync(alone, images);
  await expect(openDataset(alone, files)).rejects.toThrow(/labels of “.*” are missing.*alone-labels-idx1-ubyte”/);
  await expect(openDataset(join(folder, 'pictures'), files)).rejects.toThrow(/There is no file/);
  await expect(openDataset('mnits', files)).rejects.toThrow(/Did you mean mnist\?/);
  await expect(openDataset(join(folder, 'none-images'), files)).rejects.toThrow(
    /There is no file or folder “.*none-images”/,
  );
});

it.runIf(process.platform !== 'win32')('refuses devices and pipes at once', async () => {
  const pipe = join(folder, 'pipe-images');
  execFileSync('mkfifo', [pipe]);
  for (const path of [pipe, '/dev/zero', '/dev/null']) {
    await expect(readBytes(path)).rejects.toThrow(/is a device or a pipe, not a file/);
  }
  await expect(openDataset(pipe, files)).rejects.toThrow(/is a device or a pipe/);
});
