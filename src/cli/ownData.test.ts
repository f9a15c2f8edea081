import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { sourceSha256 } from '../engine/data/sourceSha256.ts';
import { testFolders } from '../engine/data/testFolders.ts';
import { emptyDocument, type NetworkDocument } from '../graph/document.ts';
import { withMovedSource, withSource } from './ownData.ts';

const { folder, remove } = testFolders();
afterAll(remove);

const on = (source: string, more: Partial<NetworkDocument['data']> = {}): NetworkDocument => ({
  ...emptyDocument,
  data: { ...emptyDocument.data, source, ...more },
});

describe('--data of moved data', () => {
  const settings = { split: { kind: 'column', column: 'part', parts: {} }, table: { target: 'b' } } as const;

  it.each<[string, string, boolean]>([
    ['the same content under another name', 'copy.csv', true],
    ['other content under the same name, where the old place is empty', 'new/rows.csv', true],
    ['other content under another name', 'other.csv', false],
  ])('keeps the settings for %s: %s', async (_, path, isMoved) => {
    const root = folder({ 'rows.csv': 'a,b\n1,2\n', 'copy.csv': 'a,b\n1,2\n', 'new/rows.csv': 'x', 'other.csv': 'y' });
    const document = on(join(root, 'rows.csv'), { ...settings, sha256: await sourceSha256(join(root, 'rows.csv')) });
    rmSync(join(root, 'rows.csv'));
    const { data } = await withMovedSource(document, join(root, path));
    expect(data).toEqual(isMoved ? { ...document.data, source: join(root, path) } : document.data);
  });

  it('is other data while the old place has other content', async () => {
    const root = folder({ 'rows.csv': 'a,b\n1,2\n', 'new/rows.csv': 'x' });
    const document = on(join(root, 'rows.csv'), { sha256: await sourceSha256(join(root, 'rows.csv')) });
    expect(await withMovedSource(document, join(root, 'new/rows.csv'))).toBe(document);
  });
});

describe('--data of other data', () => {
  const before = {
    ...emptyDocument.data,
    source: '/old/rows.csv',
    relativeSource: 'rows.csv',
    sha256: 'x',
    table: { target: 'b' },
    transforms: [{ type: 'Grayscale' }],
  };

  it('has no fingerprint, place and columns of the old data; it was not changed, but chosen now', () => {
    const { sha256: _, relativeSource: __, table: ___, ...kept } = before;
    expect(withSource(before, '/new/rows.csv')).toEqual({ ...kept, source: '/new/rows.csv' });
  });

  it('keeps all of it for the same data', () => {
    expect(withSource(before, '/old/rows.csv')).toEqual(before);
  });
});
