import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { writeAtomically } from './atomicWrite.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'netloom-write-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('the new bytes replace the old ones, and no other file is left', async () => {
  const path = join(folder, 'a.netloom');
  writeFileSync(path, 'old');
  await writeAtomically(path, new TextEncoder().encode('new'));
  expect(readFileSync(path, 'utf8')).toBe('new');
  expect(readdirSync(folder)).toEqual(['a.netloom']);
});

test('a failed write leaves only the old file', async () => {
  // A folder cannot be replaced by a file, so the last step fails.
  const path = join(folder, 'taken');
  mkdirSync(path);
  writeFileSync(join(path, 'inside'), 'kept');
  await expect(writeAtomically(path, new Uint8Array(3))).rejects.toThrow();
  expect(readdirSync(folder)).toEqual(['taken']);
  expect(readFileSync(join(path, 'inside'), 'utf8')).toBe('kept');
});

test('the result of overlapping writes is one complete file', async () => {
  const path = join(folder, 'a.netloom');
  const texts = Array.from({ length: 8 }, (_, i) => `${i}`.repeat(10_000));
  await Promise.all(texts.map((text) => writeAtomically(path, new TextEncoder().encode(text))));
  expect(texts).toContain(readFileSync(path, 'utf8'));
  expect(readdirSync(folder)).toEqual(['a.netloom']);
});

test('temporary files of killed processes are removed, those of running ones are kept', async () => {
  const dead = spawnSync(process.execPath, ['-e', '']).pid;
  const [own, others] = [process.pid, process.ppid];
  const left = [`.a.netloom.${dead}.0.new`, `.a.netloom.${own}.0abc.new`];
  const kept = [`.a.netloom.${others}.0.new`, `.b.netloom.${dead}.0.new`, `.a.netloom.${dead}.new`, 'a.netloom.new'];
  for (const name of [...left, ...kept]) writeFileSync(join(folder, name), 'x');
  await writeAtomically(join(folder, 'a.netloom'), new TextEncoder().encode('new'));
  expect(readdirSync(folder).sort()).toEqual([...kept, 'a.netloom'].sort());
});

const unix = process.platform !== 'win32';

test.runIf(unix)('links are followed, even to a missing file', async () => {
  const real = join(folder, 'real');
  mkdirSync(real);
  symlinkSync('real/a.netloom', join(folder, 'first'));
  symlinkSync('first', join(folder, 'second'));
  for (const text of ['one', 'two']) {
    await writeAtomically(join(folder, 'second'), new TextEncoder().encode(text));
    expect(readFileSync(join(real, 'a.netloom'), 'utf8')).toBe(text);
  }
  expect(lstatSync(join(folder, 'second')).isSymbolicLink()).toBe(true);
  expect(lstatSync(join(folder, 'first')).isSymbolicLink()).toBe(true);
});

test.runIf(unix).each([0o600, 0o664, 0o755])('the mode %o of the old file is kept', async (mode) => {
  const path = join(folder, 'a.netloom');
  writeFileSync(path, 'old');
  chmodSync(path, mode);
  await writeAtomically(path, new Uint8Array(3));
  expect(statSync(path).mode & 0o777).toBe(mode);
});

test.runIf(unix)('a pipe, a device and a loop of links are refused and not changed', async () => {
  const pipe = join(folder, 'pipe');
  execFileSync('mkfifo', [pipe]);
  symlinkSync('b', join(folder, 'a'));
  symlinkSync('a', join(folder, 'b'));
  await expect(writeAtomically(pipe, new Uint8Array(3))).rejects.toThrow('is a pipe, which would be replaced');
  await expect(writeAtomically('/dev/null', new Uint8Array(3))).rejects.toThrow('is a device, which would be replaced');
  await expect(writeAtomically(join(folder, 'a'), new Uint8Array(3))).rejects.toThrow('is a symbolic link to itself');
  expect(lstatSync(pipe).isFIFO()).toBe(true);
  expect(lstatSync('/dev/null').isCharacterDevice()).toBe(true);
  expect(readdirSync(folder).sort()).toEqual(['a', 'b', 'pipe']);
});
