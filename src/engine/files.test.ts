import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, expect, it } from 'vitest';
import { labelsOf } from '../data/dataset.ts';
import { stratifiedSplit } from '../data/split.ts';
import { filesBeside, openDataset } from './files.ts';

const files = filesBeside(new URL('../../out/main/engine.js', import.meta.url).href);
const folder = mkdtempSync(join(tmpdir(), 'netloom-data-'));
afterAll(() => rmSync(folder, { recursive: true }));

const images = Uint8Array.of(0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 2, 1, 2, 3, 4);
const labels = Uint8Array.of(0, 0, 8, 1, 0, 0, 0, 2, 1, 0);

it('opens the embedded digits: 10,000, of which 2,000 are held back', async () => {
  const data = await openDataset('mnist', files);
  expect(data).toMatchObject({ count: 10_000, inputs: [{ shape: [1, 28, 28] }], targets: [{ classes: 10 }] });
  const { train, validation } = stratifiedSplit(labelsOf(data) as Uint8Array, 0.2, 1);
  expect([train.length, validation.length]).toEqual([8000, 2000]);
});

it.each([
  ['plain', '', (bytes: Uint8Array) => bytes],
  ['gzipped', '.gz', gzipSync],
])('opens IDX files by the path of the images: %s', async (name, ending, pack) => {
  const path = join(folder, `${name}-images-idx3-ubyte${ending}`);
  writeFileSync(path, pack(images));
  writeFileSync(join(folder, `${name}-labels-idx1-ubyte${ending}`), pack(labels));
  const data = await openDataset(path, files);
  expect(data).toMatchObject({ count: 2, inputs: [{ shape: [1, 1, 2] }], targets: [{ classes: 2 }] });
  expect([...(data.inputs[0]?.data ?? [])]).toEqual([1, 2, 3, 4]);
});

it('says what is wrong with a file', async () => {
  const path = join(folder, 'cut-images-idx3-ubyte.gz');
  writeFileSync(path, gzipSync(images).subarray(0, 20));
  await expect(openDataset(path, files)).rejects.toThrow(/damaged or cut-off gzip file/);
  const alone = join(folder, 'alone-images-idx3-ubyte');
  writeFileSync(alone, images);
  await expect(openDataset(alone, files)).rejects.toThrow(/There is no file '.*alone-labels-idx1-ubyte'/);
  await expect(openDataset(join(folder, 'pictures'), files)).rejects.toThrow(/is no dataset that Netloom knows/);
});
