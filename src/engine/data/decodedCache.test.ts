import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { appendFile, open as openFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { same } from '../../text.ts';
import { DecodedCache, decodedKey, WORTH_KEEPING } from './decodedCache.ts';
import { openPath } from './openPath.ts';

const images = fileURLToPath(new URL('../../../testdata/images/', import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), 'decoded-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

let folders = 0;
const folder = () => join(scratch, `${folders++}`);
const decoded = (count: number, value: number) => ({
  sample: 10,
  pixels: new Uint8Array(new SharedArrayBuffer(10 * count)).fill(value),
  unreadable: new Map([[3, same('damaged')]]),
  recolored: 2,
  digests: new Uint8Array(32 * count).fill(value),
});
const [a, b, c] = ['a', 'b', 'c'].map(decodedKey) as [string, string, string];

describe('cache of decoded images', () => {
  it('returns what was kept, also to another process', async () => {
    const place = folder();
    expect(await new DecodedCache(place).find(a)).toBeNull();
    expect(await new DecodedCache(place).keep(a, decoded(4, 7))).toBe(true);
    expect(await new DecodedCache(place).find(a)).toEqual(decoded(4, 7));
    expect(await new DecodedCache(place).find(b)).toBeNull();
  });

  it('is empty after clearing, and only its own files are gone', async () => {
    const place = folder();
    const cache = new DecodedCache(place);
    await cache.keep(a, decoded(4, 7));
    writeFileSync(join(place, 'notes.txt'), 'mine');
    expect(await cache.clear()).toBeGreaterThan(40);
    expect([await cache.size(), await cache.find(a), readdirSync(place)]).toEqual([0, null, ['notes.txt']]);
    expect(await cache.clear()).toBe(0);
  });

  it('stays within its bound: files used longest ago go first', async () => {
    const place = folder();
    const cache = new DecodedCache(place, 12_000);
    await cache.keep(a, decoded(100, 1));
    await cache.keep(b, decoded(100, 2));
    for (const key of [a, b]) utimesSync(join(place, `${key}.pixels`), 1, 1);
    await cache.find(a);
    await cache.keep(c, decoded(100, 3));
    expect(await cache.find(b)).toBeNull();
    expect(await cache.find(a)).toEqual(decoded(100, 1));
    expect(await cache.find(c)).toEqual(decoded(100, 3));
    expect(await cache.size()).toBeLessThanOrEqual(12_000);
    expect(await cache.keep(b, decoded(1300, 1))).toBe(false);
  });

  it.each<[string, (file: string, size: number) => Promise<void>]>([
    ['cut off', (file, size) => truncate(file, size - 1)],
    ['empty', (file) => truncate(file, 0)],
    ['longer', (file) => appendFile(file, 'x')],
    ['other bytes', (file) => writeFile(file, 'not pixels at all')],
    ['a pixel changed', (file, size) => flip(file, size - 1)],
    ['a byte of the header changed', (file) => flip(file, 20)],
    ['the length of the header changed', (file) => flip(file, 3)],
  ])('discards a damaged file: %s', async (_, damage) => {
    const place = folder();
    const cache = new DecodedCache(place);
    await cache.keep(a, decoded(50, 9));
    const [name = ''] = readdirSync(place);
    await damage(join(place, name), (await stat(join(place, name))).size);
    expect(await cache.find(a)).toBeNull();
    expect(readdirSync(place)).toEqual([]);
  });

  it('keeps nothing where it cannot write', async () => {
    mkdirSync(scratch, { recursive: true });
    const file = join(scratch, 'file');
    writeFileSync(file, '');
    const cache = new DecodedCache(join(file, 'below'));
    expect(await cache.keep(a, decoded(1, 1))).toBe(false);
    expect(await cache.find(a)).toBeNull();
  });

  it('lets two processes keep the same images at once', async () => {
    const place = folder();
    const [one, two] = [new DecodedCache(place), new DecodedCache(place)];
    expect(await Promise.all([one.keep(a, decoded(1000, 5)), two.keep(a, decoded(1000, 5))])).toEqual([true, true]);
    expect(readdirSync(place)).toEqual([`${a}.pixels`]);
    expect(await one.find(a)).toEqual(decoded(1000, 5));
  });
});

describe('opening images with a cache', () => {
  /** Two classes; one file is large enough to be worth keeping, one is no image. */
  function dataset(): string {
    const root = folder();
    for (const name of ['cat', 'dog']) {
      mkdirSync(join(root, name), { recursive: true });
      cpSync(join(images, 'rgb.png'), join(root, name, '1.png'));
    }
    writeFileSync(join(root, 'dog', '2.png'), new Uint8Array(WORTH_KEEPING));
    return root;
  }

  async function opened(root: string, cache: DecodedCache, width = 4) {
    let files = 0;
    const {
      count,
      inputs,
      files: names,
      unreadable,
    } = await openPath(root, {
      data: { validation: 0.2, splitSeed: 1 },
      image: { width, height: 4, channels: 3, fit: 'stretch' },
      progress: () => files++,
      cache,
    });
    return { decoded: files, dataset: { count, names, unreadable, pixels: [...(inputs[0]?.data ?? [])] } };
  }

  it('decodes unchanged files once, with the same dataset again', async () => {
    const [root, cache] = [dataset(), new DecodedCache(folder())];
    const first = await opened(root, cache);
    expect(first.decoded).toBe(3);
    expect(first.dataset).toMatchObject({ count: 2, unreadable: [{ file: 'dog/2.png' }] });
    expect(await opened(root, cache)).toEqual({ ...first, decoded: 0 });
  });

  it.each<[string, (root: string) => unknown, number]>([
    ['another size', () => {}, 5],
    ['a file of other content, with its size and time set back', sameSize, 4],
    ['a new file', (root) => cpSync(join(images, 'rgb.png'), join(root, 'cat', '3.png')), 4],
    [
      'a file that is gone',
      (root) => rm(join(root, 'cat', '1.png')).then(() => cpSync(join(images, 'rgb.png'), join(root, 'cat', '0.png'))),
      4,
    ],
  ])('decodes again: %s', async (_, change, width) => {
    const [root, cache] = [dataset(), new DecodedCache(folder())];
    await opened(root, cache);
    await change(root);
    expect((await opened(root, cache, width)).decoded).toBeGreaterThan(0);
  });

  async function sameSize(root: string): Promise<void> {
    const file = join(root, 'cat', '1.png');
    const { size, atime, mtime } = await stat(file);
    await flip(file, size - 20);
    utimesSync(file, atime, mtime);
  }
});

async function flip(path: string, at: number): Promise<void> {
  const file = await openFile(path, 'r+');
  const { buffer } = await file.read(Buffer.alloc(1), 0, 1, at);
  await file.write(Buffer.of((buffer[0] as number) ^ 255), 0, 1, at);
  await file.close();
}
