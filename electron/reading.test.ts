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

/** A file of the folder, with its content where it has any. */
function inFolder(name: string, content?: string | Uint8Array): string {
  const path = join(folder, name);
  if (content !== undefined) writeFileSync(path, content);
  return path;
}
const built = new URL('../out/main/reading.js', import.meta.url).pathname;

test('a project is read in the thread, and what is none is told in the same words', async () => {
  const reading = openReading(built);
  const weights = writeSafetensors(new Map([['w', { dtype: 'F32', shape: [1], data: Float32Array.of(1) }]]));
  const project = { document: { ...emptyDocument, name: 'a' }, weights, others: { 'runs/x': Uint8Array.of(1, 2) } };
  expect(await reading.read(inFolder('a.netloom', writeProject(project)), 'a')).toEqual({
    ...project,
    remarks: [],
    notice: null,
  });
  await expect(reading.read(inFolder('b.txt', 'meow'), 'b.txt')).rejects.toThrow(/'b\.txt' is a text file/);
  await expect(reading.read(inFolder('none'), 'none')).rejects.toMatchObject({ code: 'ENOENT' });
  mkdirSync(inFolder('folder'));
  await expect(reading.read(inFolder('folder'), 'folder')).rejects.toMatchObject({ code: 'EISDIR' });
  expect(await reading.cover(emptyDocument)).toMatch(/^<svg/);
});

/** A thread with a fault: it answers the second task of a thread, and does this with the first. */
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
])('a task %s is given up, and the next one has a new thread', async (name, fault, reason) => {
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
