import { cpSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { emptyDocument, type NetworkDocument } from '../../graph/document.ts';
import { writeDocument } from '../../graph/file.ts';
import { filesBeside, openDataset } from '../files.ts';
import { readProjectFile } from '../projectFile.ts';
import { withRelativeSource } from './relativeSource.ts';
import { sourceSha256 } from './sourceSha256.ts';
import { testFolders } from './testFolders.ts';

const { folder, remove } = testFolders();
afterAll(remove);

const on = (source: string, more: Partial<NetworkDocument['data']> = {}): NetworkDocument => ({
  ...emptyDocument,
  data: { ...emptyDocument.data, source, ...more },
});

/** Writes a document as it is saved, and returns its path. */
function saved(document: NetworkDocument, path: string): string {
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, writeDocument(withRelativeSource(document, path)));
  return path;
}

const reopened = async (path: string) => (await readProjectFile(path, { name: 'x' })).document.data;

describe('the place of own data', () => {
  it.each([
    ['beside the document', 'rows.csv', 'rows.csv', 'net.json'],
    ['in a folder below', 'data/set/rows.csv', 'data/set/rows.csv', 'net.json'],
    ['in another branch', 'data/rows.csv', '../data/rows.csv', 'nets/net.json'],
  ])('%s is found after both have moved', async (_, data, way, net) => {
    const before = folder({ [data]: 'a,b\n1,2\n' });
    const path = saved(on(join(before, data)), join(before, net));
    expect(withRelativeSource(on(join(before, data)), path).data.relativeSource).toBe(way);
    expect(await reopened(path)).toEqual(on(join(before, data)).data);
    const after = `${before}-moved`;
    renameSync(before, after);
    expect((await reopened(join(after, net))).source).toBe(join(after, data));
  });

  it('stays where it was while it is there, and where it is found nowhere', async () => {
    const before = folder({ 'rows.csv': 'a' });
    const path = saved(on(join(before, 'rows.csv')), join(before, 'net.json'));
    const copy = `${before}-copy`;
    cpSync(before, copy, { recursive: true });
    expect((await reopened(join(copy, 'net.json'))).source).toBe(join(before, 'rows.csv'));
    rmSync(join(before, 'rows.csv'));
    expect((await reopened(path)).source).toBe(join(before, 'rows.csv'));
  });

  it.each(['mnist', 'moons', 'drawn'])('of %s is in no document', (source) => {
    expect(withRelativeSource(on(source), '/a/net.json')).toEqual(on(source));
  });

  it('is said where data that was opened before is missing', async () => {
    const files = filesBeside(new URL('../../../out/main/engine.js', import.meta.url).href);
    const gone = join(folder({}), 'gone', 'lamps');
    await expect(openDataset(gone, files, { sha256: 'x' })).rejects.toThrow(
      `Dataset “lamps” is no longer at “${gone}”. Give its new place: Find it…`,
    );
    await expect(openDataset(gone, files, {})).rejects.toThrow(/There is no file/);
  });
});

describe('the fingerprint of own data', () => {
  const files = { 'a/1.png': 'one', 'b/2.png': 'other' };

  it.each<[string, Readonly<Record<string, string>>, boolean]>([
    ['the same files', files, true],
    ['files that programs leave', { ...files, '.DS_Store': 'x', 'a/Thumbs.db': 'y', 'net.netloom': 'z' }, true],
    ['another size', { ...files, 'a/1.png': 'three' }, false],
    ['another name', { 'a/1.png': 'one', 'b/3.png': 'other' }, false],
    ['one file more', { ...files, 'b/3.png': 'x' }, false],
  ])('of a folder with %s', async (_, others, isSame) => {
    const [one, other] = [await sourceSha256(folder(files)), await sourceSha256(folder(others))];
    expect(one === other).toBe(isSame);
  });

  it('of a file is that of its content', async () => {
    const root = folder({ 'a.csv': 'a,b\n', 'b.csv': 'a,b\n', 'c.csv': 'a,c\n' });
    const [a, b, c] = await Promise.all(['a.csv', 'b.csv', 'c.csv'].map((name) => sourceSha256(join(root, name))));
    expect(a).toBe(b);
    expect(a).not.toBe(c);
  });
});
