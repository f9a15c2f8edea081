import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { crc32, deflateSync } from 'node:zlib';
import { zipSync } from 'fflate';
import { afterAll, describe, expect, it } from 'vitest';
import { askFor, isDecoded } from '../../data/awaitedImages.ts';
import { batchBuffers, fillBatch } from '../../data/batches.ts';
import type { Dataset, Field } from '../../data/dataset.ts';
import { listClassFolders } from '../../data/imageFolder.ts';
import { splitOf } from '../../data/split.ts';
import { dataSha256 } from '../dataHash.ts';
import { givenSamples } from '../samples.ts';
import { scanned } from './decodeLater.ts';
import { openFolder } from './fileTree.ts';
import { openedLater } from './openedLater.ts';
import { openPath } from './openPath.ts';
import { testFolders } from './testFolders.ts';

const testdata = fileURLToPath(new URL('../../../testdata/images/', import.meta.url));
const image = (name: string): Uint8Array => readFileSync(join(testdata, name));
const { folder, remove } = testFolders();
afterAll(remove);

function zipFile(name: string, bytes: Uint8Array): string {
  return join(folder({ [name]: bytes }), name);
}

const settings = { validation: 0.2, splitSeed: 1 };
const now = (path: string): Promise<Dataset> => openPath(path, { data: settings, image: null, progress: () => {} });
const pixels = ({ inputs }: Dataset): Uint8Array => (inputs[0] as Field).data as Uint8Array;
const later = (path: string, between?: Parameters<typeof openedLater>[2]) =>
  openedLater(path, join(folder({}), 'cache'), between);

/** A PNG whose chunks are whole, with other content of its pixels. */
function pngWith(content: Uint8Array): Uint8Array {
  const chunk = (type: string, data: Uint8Array) => {
    const body = Buffer.concat([Buffer.from(type), data]);
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(data.length);
    sum.writeUInt32BE(crc32(body));
    return Buffer.concat([length, body, sum]);
  };
  const header = Buffer.from([0, 0, 0, 9, 0, 0, 0, 6, 8, 0, 0, 0, 0]);
  const start = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([start, chunk('IHDR', header), chunk('IDAT', content), chunk('IEND', Buffer.alloc(0))]);
}
const noPixels = pngWith(Buffer.from('no deflated bytes'));
const fewPixels = pngWith(deflateSync(Buffer.alloc(7)));

const some = Object.fromEntries(
  Array.from({ length: 20 }, (_, i) => [`${'ab'[i % 2]}/${i}.${i % 3 === 0 ? 'jpg' : 'png'}`, i] as const).map(
    ([path, i]) => [path, image(['baseline.jpg', 'rgb.png', 'palette.png'][i % 3] as string)],
  ),
);

describe('images that are decoded after their dataset is given', () => {
  it.each<[string, () => string]>([
    ['in a folder', () => folder(some)],
    ['in a zip', () => zipFile('some.zip', zipSync(some))],
    [
      'with a table',
      () => {
        const names = Array.from({ length: 12 }, (_, i) => `${i}.png`);
        const rows = names.map((name, i) => `${name},${i % 2},${i}`);
        return folder({
          ...Object.fromEntries(names.map((name, i) => [`x/${name}`, image(i % 3 === 0 ? 'gray.png' : 'rgb.png')])),
          'y.csv': ['file,label,more', ...rows].join('\n'),
        });
      },
    ],
  ])('are the same dataset, split and hash as images decoded at once: %s', async (_, make) => {
    const path = make();
    const whole = await now(path);
    const { dataset, faults, all } = await later(path, (early) => {
      expect(splitOf(early, settings)).toEqual(splitOf(whole, settings));
      const every = Uint32Array.from({ length: whole.count }, (_, i) => i);
      expect(dataSha256(early, every)).toBe(dataSha256(whole, every));
    });
    expect(faults).toEqual([]);
    expect(all.recolored).toBe(whole.recolored);
    expect([dataset.files, dataset.targets]).toEqual([whole.files, whole.targets]);
    expect(Buffer.from(pixels(dataset)).equals(Buffer.from(pixels(whole)))).toBe(true);
  });

  it('are read from the cache the next time', async () => {
    const [path, cache] = [folder({ ...some, 'a/bad.png': noPixels }), folder({})];
    const first = await openedLater(path, cache);
    expect(first.faults.map(({ file }) => file)).toEqual(['a/bad.png']);
    await expect(openedLater(path, cache)).rejects.toThrow('decoded at once');
  });

  it('have the same hash and the same place in the cache whatever the order of their settings', async () => {
    const [path, cache] = [folder(some), folder({})];
    const settled = { channels: 3, height: 4, width: 5, fit: 'crop' } as const;
    const { dataset } = await openedLater(path, cache, undefined, settled);
    const turned = { fit: 'crop', width: 5, height: 4, channels: 3 } as const;
    await expect(openedLater(path, cache, undefined, turned)).rejects.toThrow('decoded at once');
    const again = await openPath(path, { data: settings, image: turned, progress: () => {} });
    expect(dataSha256(again, Uint32Array.of(3, 1))).toBe(dataSha256(dataset, Uint32Array.of(3, 1)));
    const other = await openPath(path, { data: settings, image: { ...turned, fit: 'stretch' }, progress: () => {} });
    expect(dataSha256(other, Uint32Array.of(3, 1))).not.toBe(dataSha256(dataset, Uint32Array.of(3, 1)));
  });

  it('come first where they are asked for', async () => {
    const tree = await openFolder(folder(some));
    const reads: string[] = [];
    const watched = {
      ...tree,
      read: (path: string) => {
        reads.push(path);
        return tree.read(path);
      },
    };
    const { entries } = listClassFolders(tree.paths, 'some');
    const config = { width: 4, height: 4, channels: 3, fit: 'stretch' } as const;
    const { rest } = await scanned(watched, entries, config, () => {});
    reads.length = 0;
    askFor(rest.awaited, [17, 3]);
    const progress = (done: number) => {
      if (done === 1) askFor(rest.awaited, [19]);
    };
    await rest.decode({ progress, fault: () => {} });
    const paths = entries.map(({ path }) => path);
    const order = reads.map((path) => paths.indexOf(path));
    // Eight files are read at the same time.
    expect(order.slice(0, 9)).toEqual([3, 17, 0, 1, 2, 4, 5, 6, 19]);
    expect(order.toSorted((one, other) => one - other)).toEqual([...paths.keys()]);
  });

  it('are never given before they are decoded', async () => {
    await later(folder(some), (dataset) => {
      const [field] = dataset.inputs as [Field];
      const columns = [{ input: 'x', dtype: 'float32' as const, shape: field.shape, field }];
      const samples = { count: dataset.count, columns };
      expect(() => fillBatch(samples, Uint32Array.of(2), batchBuffers(1, samples))).toThrow('not decoded');
      expect(() => givenSamples(dataset, Uint32Array.of(2))).toThrow('not decoded');
    });
  });

  it.each<[string, string, Uint8Array]>([
    ['no image', 'x.png', Buffer.from('text')],
    ['an empty file', 'x.png', Buffer.alloc(0)],
    ['a cut-off JPEG', 'x.jpg', image('baseline.jpg').subarray(0, 200)],
    ['a cut-off PNG', 'x.png', image('rgb.png').subarray(0, 60)],
    ['a PNG with a wrong checksum', 'x.png', image('rgb.png').map((byte, at) => (at === 45 ? byte ^ 1 : byte))],
    ['a cut-off GIF', 'x.gif', image('palette.gif').subarray(0, 40)],
    ['a PNG without pixels', 'x.png', noPixels],
    ['a PNG with too few pixels', 'x.png', fewPixels],
  ])('are left out with the reason they have when decoded at once: %s', async (_, name, bytes) => {
    const path = folder({ ...some, [`a/${name}`]: bytes });
    const { unreadable = [] } = await now(path);
    const { dataset, faults } = await later(path);
    expect(unreadable).toHaveLength(1);
    expect([...(dataset.unreadable ?? []), ...faults]).toEqual(unreadable);
  });

  it.each<[string, (file: string) => void, RegExp]>([
    ['deleted', (file) => rmSync(file), /There is no file|no longer|ENOENT/],
    ['exchanged for another image', (file) => writeFileSync(file, image('gray.png')), /has changed since/],
  ])('are not used where the file is %s in the meantime', async (_, change, reason) => {
    const path = folder(some);
    const { dataset, faults } = await later(path, () => change(join(path, 'b/1.png')));
    expect(faults).toMatchObject([{ file: 'b/1.png', reason: { en: expect.stringMatching(reason) } }]);
    const { awaited } = dataset.inputs[0] as Field & { kind: 'bytes' };
    const at = dataset.files?.indexOf('b/1.png') as number;
    expect(awaited && isDecoded(awaited, at)).toBe(false);
  });
});
