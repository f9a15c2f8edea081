import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { emptyDocument } from '../src/graph/document.ts';
import { writeProject } from '../src/graph/file.ts';
import { writeSafetensors } from '../src/graph/safetensors.ts';
import { openReading } from './reading.ts';

const folder = mkdtempSync(join(tmpdir(), 'netloom-reading-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Writes a file with the content into the folder and returns its path. */
function inFolder(name: string, content?: string | Uint8Array): string {
  const path = join(folder, name);
  if (content !== undefined) writeFileSync(path, content);
  return path;
}
const built = new URL('../out/main/reading.js', import.meta.url).pathname;

test('a project is read in the thread, and other files are refused with the usual messages', async () => {
  const reading = openReading(built);
  const weights = writeSafetensors(new Map([['w', { dtype: 'F32', shape: [1], data: Float32Array.of(1) }]]));
  const project = { document: { ...emptyDocument, name: 'a' }, weights, others: { 'runs/x': Uint8Array.of(1, 2) } };
  expect(await reading.read(inFolder('a.netloom', writeProject(project)), 'a')).toEqual({
    ...project,
    remarks: [],
    notice: null,
    lost: false,
  });
  await expect(reading.read(inFolder('b.txt', 'meow'), 'b.txt')).rejects.toThrow(/“b\.txt” is a text file/);
  await expect(reading.read(inFolder('none'), 'none')).rejects.toMatchObject({ code: 'ENOENT' });
  mkdirSync(inFolder('folder'));
  await expect(reading.read(inFolder('folder'), 'folder')).rejects.toMatchObject({ code: 'EISDIR' });
  expect(await reading.cover(emptyDocument)).toMatch(/^<svg/);
});

/** A thread with a fault in its first task; it answers the second one. */
const faulty = (name: string, fault: string): string =>
  inFolder(
    `${name}.mjs`,
    `import { parentPort } from 'node:worker_threads';
     parentPort.on('message', ({ kind }) => {
       if (kind === 'cover') parentPort.postMessage({ kind: 'done', result: 'drawn' });
       else { ${fault} }
     });`,
  );

test.each([
  ['that never ends', 'for (;;);', /took too long and was stopped/],
  ['that takes all memory', 'const all = []; for (;;) all.push(new Array(1e6).fill({}));', /took too much memory/],
  ['that ends the thread', 'process.exit(1);', /has ended/],
])('a task %s is stopped, and the next one runs in a new thread', async (name, fault, reason) => {
  const limits = { file: 5_000, megabyte: 0, picture: 5_000 };
  const memory = { maxOldGenerationSizeMb: 64 };
  const reading = openReading(
    faulty(name, fault),
    name === 'that never ends' ? { ...limits, file: 300 } : limits,
    memory,
  );
  const path = inFolder('any', 'x');
  const [first, second] = [reading.read(path, 'any'), reading.cover(emptyDocument)];
  await expect(first).rejects.toThrow(reason);
  expect(await second).toBe('drawn');
});
