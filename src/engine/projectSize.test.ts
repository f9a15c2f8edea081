import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { templateOf } from '../../templates/index.ts';
import type { NetworkDocument } from '../graph/document.ts';
import { writeProject } from '../graph/file.ts';
import { defaultOptimizers } from '../graph/recipe.ts';
import { checkedGraph } from './network.ts';
import { readProjectFile } from './projectFile.ts';
import { checkProjectSize, projectBytes } from './projectSize.ts';

const folder = mkdtempSync(join(tmpdir(), 'netloom-size-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const lenet = templateOf('lenet_modern')?.document as NetworkDocument;
const withOptimizer = (kind: 'sgd' | 'adam'): NetworkDocument => ({
  ...lenet,
  recipe: { ...lenet.recipe, optimizer: { ...defaultOptimizers[kind], ...(kind === 'sgd' && { momentum: 0 }) } },
});
const adam = checkedGraph(withOptimizer('adam'));

test('a project contains three copies of the weights, and the optimizer state', () => {
  const plain = projectBytes(checkedGraph(withOptimizer('sgd')));
  expect(plain).toBe(4 * 3 * 61_706);
  expect(projectBytes(adam)).toBe((plain / 3) * 5);
});

test('a network too large for a project is refused before training', () => {
  expect(() => checkProjectSize(adam)).not.toThrow();
  expect(() => checkProjectSize(adam, 1_000_000)).toThrow(/needs 1\.2 MB, .* is 1 MB/);
  // Another optimizer is suggested if that is enough.
  expect(() => checkProjectSize(adam, 1_000_000)).toThrow(/smaller, or use an optimizer/);
  expect(() => checkProjectSize(adam, 700_000)).toThrow(/layers smaller\.$/);
});

test('a too large file is refused, and a file of another kind is not read', async () => {
  const path = join(folder, 'a.netloom');
  writeFileSync(path, writeProject({ document: lenet, weights: null, others: {} }));
  expect((await readProjectFile(path, { name: 'a' })).document).toEqual(lenet);
  await expect(readProjectFile(path, { name: 'a', largest: 1000 })).rejects.toThrow(
    /“a” has .* kB; the maximum file size is 1 kB/,
  );
  const film = join(folder, 'film');
  writeFileSync(film, 'RIFF');
  // A sparse file of ten terabytes.
  truncateSync(film, 1e13);
  await expect(readProjectFile(film, { name: 'film' })).rejects.toThrow(/“film” is a file of an unknown type/);
  if (process.platform !== 'win32') {
    await expect(readProjectFile('/dev/null', { name: 'null' })).rejects.toThrow(/a device or a pipe/);
  }
});
