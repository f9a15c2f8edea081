import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { emptyDocument, type ImageConfig, type NetworkDocument } from '../graph/document.ts';
import { filesBeside } from './files.ts';
import { Networks } from './networks.ts';
import { CPU_DEVICE } from './session.ts';

const scratch = mkdtempSync(join(tmpdir(), 'netloom-networks-'));
afterAll(() => rmSync(scratch, { recursive: true }));

function on(name: string): NetworkDocument {
  const source = join(scratch, name);
  writeFileSync(source, `a,class\n${Array.from({ length: 20 }, (_, row) => `${row % 5},c${row % 2}`).join('\n')}\n`);
  return { ...emptyDocument, data: { ...emptyDocument.data, source } };
}

describe('own data that is being opened', () => {
  const networks = new Networks(filesBeside(new URL('../../out/main/engine.js', import.meta.url).href), CPU_DEVICE);
  const name = ({ name }: { readonly name: string }): string => name.replace(/^.*[\\/]/, '');

  it('is not ended by a call that reads samples of other data', async () => {
    const asked = networks.askedData(on('new.csv'), true);
    const read = networks.dataset(on('old.csv'));
    expect(name((await asked).dataset)).toBe('new.csv');
    expect(name(await read)).toBe('old.csv');
  });

  it('is ended by other data that the user asks for', async () => {
    const first = networks.askedData(on('first.csv'), true);
    const second = networks.askedData(on('second.csv'), true);
    await expect(first).rejects.toThrow(/was canceled/);
    expect(name((await second).dataset)).toBe('second.csv');
  });

  it('is opened once, whether its images have the size of the settings or their own', async () => {
    const image = readFileSync(fileURLToPath(new URL('../../testdata/images/rgb.png', import.meta.url)));
    for (const path of ['a/1.png', 'b/2.png']) {
      mkdirSync(dirname(join(scratch, 'images', path)), { recursive: true });
      writeFileSync(join(scratch, 'images', path), image);
    }
    const data = { ...emptyDocument.data, source: join(scratch, 'images') };
    const { dataset } = await networks.askedData({ ...emptyDocument, data }, true);
    const { fit = 'stretch', ...size } = dataset.image ?? {};
    const known = { ...emptyDocument, data: { ...data, image: { fit, ...size } as ImageConfig } };
    expect(await networks.dataset(known)).toBe(dataset);
    const other = { ...known, data: { ...known.data, image: { ...known.data.image, width: 5 } as ImageConfig } };
    expect((await networks.dataset(other)).inputs[0]?.shape).toEqual([3, 6, 5]);
  });
});
