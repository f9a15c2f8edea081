import { linkSync, mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { type KnownSet, knownSet } from '../../data/knownSets.ts';
import { fashionClasses, knownFolder } from './knownFolder.ts';
import { openPath } from './openPath.ts';

const [fashion, cifar] = ['fashion-mnist', 'CIFAR10'].map((name) => knownSet(name) as KnownSet) as [KnownSet, KnownSet];
const roots: string[] = [];
let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'netloom-known-'));
  roots.push(root);
});
afterAll(() => {
  for (const each of roots) rmSync(each, { recursive: true });
});

describe('Fashion-MNIST', () => {
  it('says where to get the files when no folder has them', async () => {
    await expect(knownFolder(fashion, ['/no/such/place', '/nor/this'])).rejects.toThrow(
      /not on this computer.*dataset-fashion-mnist.*offline.*\/nor\/this.*--data FOLDER/,
    );
  });

  it('refuses a missing, a short and a damaged file by its name', async () => {
    writeFileSync(join(root, 't10k-labels-idx1-ubyte.gz'), 'not it');
    await expect(knownFolder(fashion, [root])).rejects.toThrow(/train-images-idx3-ubyte\.gz” .* is missing/);
    for (const { name, bytes } of fashion.files) {
      writeFileSync(join(root, name), '');
      truncateSync(join(root, name), bytes);
    }
    await expect(knownFolder(fashion, [root])).rejects.toThrow(/train-images.*not the published ones/);
    truncateSync(join(root, 'train-images-idx3-ubyte.gz'), 1000);
    await expect(knownFolder(fashion, [root])).rejects.toThrow(/has 1,000 bytes; the file of .* has 26,421,880/);
  });

  it('names no classes of other labels', () => {
    expect(fashionClasses(new Uint8Array([0, 0, 8, 1, 0, 0, 0, 1, 3]))).toBeNull();
  });
});

describe('CIFAR-10', () => {
  /** One batch of 10,000 records whose labels are `label(record)`. */
  const batch = (label: (at: number) => number): Buffer => {
    const bytes = Buffer.alloc(30_730_000);
    for (let at = 0; at < 10_000; at++) bytes[at * 3073] = label(at);
    return bytes;
  };
  /** All files are links to one. */
  function place(folder: string, bytes: Buffer): void {
    mkdirSync(folder, { recursive: true });
    const [first, ...others] = cifar.files.map(({ name }) => join(folder, name));
    writeFileSync(first as string, bytes);
    for (const path of others) linkSync(first as string, path);
  }

  it('is found in its folder or the one around it, and refused where labels are not those of CIFAR-10', async () => {
    const folder = join(root, cifar.folder);
    place(
      folder,
      batch((at) => at % 10),
    );
    expect(await knownFolder(cifar, [folder])).toBe(folder);
    expect(await knownFolder(cifar, ['/no/such/place', root])).toBe(folder);

    place(
      join(root, 'uneven'),
      batch((at) => (at === 0 ? 9 : at % 10)),
    );
    await expect(knownFolder(cifar, [join(root, 'uneven')])).rejects.toThrow(/not the published ones/);
    place(
      join(root, 'other'),
      batch((at) => at % 11),
    );
    await expect(knownFolder(cifar, [join(root, 'other')])).rejects.toThrow(/data_batch_1\.bin” is damaged/);
  });

  it.each([
    ['the archive, cut off', 'cifar-10-binary.tar.gz', /cifar-10-binary\.tar\.gz” is damaged/],
    ['the Python version', 'cifar-10-python.tar.gz', /Python version.*binary version/],
    ['an unpacked Python version', 'data_batch_1', /Python version/],
    ['nothing of it', 'readme.txt', /not on this computer.*binary version.*offline/],
  ])('says what to do with %s', async (_, name, message) => {
    writeFileSync(join(root, name), 'x');
    await expect(knownFolder(cifar, [root])).rejects.toThrow(message);
  });
});

it('CIFAR-10 without its list of names has class names', async () => {
  const record = 3073;
  for (const [name, count] of [
    ['data_batch_1', 50_000],
    ['test_batch', 10_000],
  ] as const) {
    const bytes = Buffer.alloc(count * record);
    for (let at = 0; at < count; at++) bytes[at * record] = at % 10;
    writeFileSync(join(root, `${name}.bin`), bytes);
  }
  const data = await openPath(root, { data: { validation: 0.2, splitSeed: 1 }, image: null, progress: () => {} });
  const [target] = data.targets;
  expect(target?.kind === 'classes' && target.names).toEqual(cifar.classes);
  expect(data.count).toBe(60_000);
});
