import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { emptyDocument, type NetworkDocument } from '../src/graph/document.ts';
import { writeSafetensors } from '../src/graph/safetensors.ts';
import { openRecovery } from './recovery.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'netloom-recovery-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const named = (name: string): NetworkDocument => ({ ...emptyDocument, name });
const weights = writeSafetensors(new Map([['w', { dtype: 'F32', shape: [2], data: Float32Array.of(1, 2) }]]));
const work = (name: string, path: string | null = null) => ({ document: named(name), path, stamp: null });

test('work kept by a window is available at the next start, with its file and trained weights', async () => {
  const stamp = { modified: 5, size: 7 };
  const slot = openRecovery(folder).newSlot();
  const others = { 'runs/last/run.json': new TextEncoder().encode('{}') };
  await slot.keep({ document: named('a'), path: '/nets/a.netloom', stamp }, { weights, others });
  // A later edit does not change the kept weights.
  await slot.keep({ document: named('b'), path: '/nets/a.netloom', stamp });

  const next = openRecovery(folder);
  const [lost, ...more] = (await next.lost()).found;
  expect(more).toEqual([]);
  expect(lost).toMatchObject({ path: '/nets/a.netloom', stamp, document: named('b') });
  expect(await next.read(lost?.id ?? '')).toMatchObject({ trained: { weights, others }, damaged: null });
});

test('open windows have no lost work, and each clears only its own', async () => {
  const recovery = openRecovery(folder);
  const [first, second] = [recovery.newSlot(), recovery.newSlot()];
  await Promise.all([first.keep(work('a')), second.keep(work('b'))]);
  expect((await recovery.lost()).found).toEqual([]);
  const [id = ''] = readdirSync(folder);
  expect(await recovery.read(id)).toBeNull();
  await recovery.discard(id);
  first.clear();
  expect((await openRecovery(folder).lost()).found.map(({ document }) => document.name)).toEqual(['b']);
});

test('clearing overrides a write in progress', async () => {
  const slot = openRecovery(folder).newSlot();
  const written = slot.keep(work('a'));
  slot.clear();
  await written;
  expect(readdirSync(folder)).toEqual([]);
  await slot.keep(work('b'));
  expect((await openRecovery(folder).lost()).found).toHaveLength(1);
});

test('claimed work stays in its folder; discarded work is deleted', async () => {
  await openRecovery(folder).newSlot().keep(work('a'));
  const next = openRecovery(folder);
  const [lost] = (await next.lost()).found;
  const slot = next.claim(lost?.id ?? '');
  expect((await next.lost()).found).toEqual([]);
  await slot.keep(work('a, changed'));
  const third = openRecovery(folder);
  expect((await third.lost()).found.map(({ document }) => document.name)).toEqual(['a, changed']);
  await third.discard(lost?.id ?? '');
  expect(readdirSync(folder)).toEqual([]);
});

test('any amount of lost work is offered, and empty folders are removed', async () => {
  mkdirSync(join(folder, 'empty'));
  for (let i = 0; i < 14; i++) {
    await openRecovery(folder)
      .newSlot()
      .keep(work(`${i}`));
  }
  expect((await openRecovery(folder).lost()).found).toHaveLength(14);
  expect(readdirSync(folder)).toHaveLength(14);
});

const whole = JSON.stringify({ at: 1, path: null, stamp: null, document: named('whole') });
const unreadable: readonly (readonly [string, Uint8Array | string])[] = [
  ['cut off', '{"at": 1, "docu'],
  ['empty', ''],
  ['null', 'null'],
  ['no document', '{"at": 1, "path": null, "stamp": null}'],
  ['bytes', Uint8Array.of(0, 255, 0, 255)],
];

test.each(
  unreadable,
)('unreadable work (%s) is moved aside with its weights, and does not hide other work', async (_, bytes) => {
  const bytesOfWeights = Uint8Array.of(1, 2, 3);
  for (const [id, network] of [
    ['bad', bytes],
    ['good', whole],
  ] as const) {
    mkdirSync(join(folder, id));
    writeFileSync(join(folder, id, 'network.json'), network);
  }
  writeFileSync(join(folder, 'bad', 'trained.netloom'), bytesOfWeights);
  const recovery = openRecovery(folder);
  const { found, damaged } = await recovery.lost();
  expect(found.map(({ document }) => document.name)).toEqual(['whole']);
  const [{ file = '' } = {}] = damaged;
  expect(damaged).toHaveLength(1);
  expect(new Uint8Array(readFileSync(join(file, 'trained.netloom')))).toEqual(bytesOfWeights);
  expect(readFileSync(join(file, 'network.json'))).toEqual(Buffer.from(bytes));
  // It is reported until the app ends, but not found again.
  expect(await recovery.lost()).toEqual({ found, damaged });
  expect((await openRecovery(folder).lost()).damaged).toEqual([]);
});

test('a damaged network is restored from the project that contains its weights', async () => {
  const slot = openRecovery(folder).newSlot();
  await slot.keep(work('kept'), { weights, others: {} });
  const [id = ''] = readdirSync(folder);
  writeFileSync(join(folder, id, 'network.json'), '{');
  const next = openRecovery(folder);
  expect((await next.lost()).found.map(({ document }) => document.name)).toEqual(['kept']);
  expect(await next.read(id)).toMatchObject({ document: named('kept'), trained: { weights } });
});

test('unreadable weights do not affect the network, and are kept', async () => {
  await openRecovery(folder).newSlot().keep(work('a'));
  const [id = ''] = readdirSync(folder);
  writeFileSync(join(folder, id, 'trained.netloom'), 'PK and nothing more');
  const lost = await openRecovery(folder).read(id);
  expect(lost).toMatchObject({ document: named('a'), trained: null });
  expect(readFileSync(lost?.damaged?.file ?? '', 'utf8')).toBe('PK and nothing more');
});

test('a window that ends without saving leaves its work for the next start', async () => {
  const recovery = openRecovery(folder);
  const slot = recovery.newSlot();
  await slot.keep(work('a'));
  slot.release();
  expect((await recovery.lost()).found.map(({ document }) => document.name)).toEqual(['a']);
});
