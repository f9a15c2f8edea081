import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { SharedBlock } from '../src/graph/blockFile.ts';
import { openLibrary } from './library.ts';

let folder = '';
let changes = 0;
const open = () => openLibrary(join(folder, 'blocks'), () => changes++);
const block = (title: string): SharedBlock => ({
  title,
  node: { layer: 'residual', config: { channels: 8 } },
  blocks: [],
});

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'netloom-library-'));
  changes = 0;
});
afterEach(() => rm(folder, { recursive: true }));

test('blocks are kept between starts, sorted by title, and every change is reported', async () => {
  const library = open();
  expect(await library.read()).toEqual({ blocks: [], damaged: [] });
  await library.save('b', block('Wide'));
  await library.save('a', block('Narrow'));
  const blocks = [
    { id: 'a', block: block('Narrow') },
    { id: 'b', block: block('Wide') },
  ];
  expect(await library.read()).toEqual({ blocks, damaged: [] });
  expect(await open().read()).toEqual({ blocks, damaged: [] });
  expect(changes).toBe(2);
  expect(await readdir(join(folder, 'blocks'))).toEqual(['a.netblock', 'b.netblock']);
});

test('a block can be renamed and removed', async () => {
  const library = open();
  await library.save('a', block('Old'));
  await library.save('a', block('New'));
  expect((await library.read()).blocks).toEqual([{ id: 'a', block: block('New') }]);
  await library.remove('a');
  await library.remove('a');
  expect(await library.read()).toEqual({ blocks: [], damaged: [] });
  expect(changes).toBe(4);
});

test('a damaged file is reported and left unchanged, and the others are read', async () => {
  const library = open();
  await library.save('a', block('Good'));
  const bad = join(folder, 'blocks', 'bad.netblock');
  await writeFile(bad, '{"format":"netloom-block","version":3,"title"');
  await writeFile(join(folder, 'blocks', 'notes.txt'), 'not a block');
  const { blocks, damaged } = await library.read();
  expect(blocks.map(({ id }) => id)).toEqual(['a']);
  expect(damaged).toEqual([
    { file: bad, reason: expect.objectContaining({ en: expect.stringMatching(/bad\.netblock.*damaged, incomplete/) }) },
  ]);
  await library.save('b', block('Other'));
  expect(await readFile(bad, 'utf8')).toMatch(/^\{"format"/);
});

test('the last of overlapping changes wins', async () => {
  const library = open();
  await Promise.all([library.save('a', block('One')), library.save('a', block('Two')), library.read()]);
  expect((await library.read()).blocks).toEqual([{ id: 'a', block: block('Two') }]);
});
