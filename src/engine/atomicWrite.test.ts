import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { writeAtomically } from './atomicWrite.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'netloom-write-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('the new bytes take the place of the old, and nothing else is left', async () => {
  const path = join(folder, 'a.netloom');
  writeFileSync(path, 'old');
  await writeAtomically(path, new TextEncoder().encode('new'));
  expect(readFileSync(path, 'utf8')).toBe('new');
  expect(readdirSync(folder)).toEqual(['a.netloom']);
});

test('a write that fails leaves the old file and no other', async () => {
  // A folder cannot be replaced by a file: the last step fails.
  const path = join(folder, 'taken');
  mkdirSync(path);
  writeFileSync(join(path, 'inside'), 'kept');
  await expect(writeAtomically(path, new Uint8Array(3))).rejects.toThrow();
  expect(readdirSync(folder)).toEqual(['taken']);
  expect(readFileSync(join(path, 'inside'), 'utf8')).toBe('kept');
});

test('writes that overlap leave one of them whole', async () => {
  const path = join(folder, 'a.netloom');
  const texts = Array.from({ length: 8 }, (_, i) => `${i}`.repeat(10_000));
  await Promise.all(texts.map((text) => writeAtomically(path, new TextEncoder().encode(text))));
  expect(texts).toContain(readFileSync(path, 'utf8'));
  expect(readdirSync(folder)).toEqual(['a.netloom']);
});
