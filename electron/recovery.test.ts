import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { emptyDocument, type NetworkDocument } from '../src/graph/document.ts';
import { openRecovery } from './recovery.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'netloom-recovery-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const named = (name: string): NetworkDocument => ({ ...emptyDocument, name });
const work = (name: string, path: string | null = null) => ({ document: named(name), path, stamp: null });

test('what a window kept is there for the next start, with its file and what was trained', async () => {
  const stamp = { modified: 5, size: 7 };
  const slot = openRecovery(folder).newSlot();
  const others = { 'runs/last/run.json': new TextEncoder().encode('{}') };
  await slot.keep({ document: named('a'), path: '/nets/a.netloom', stamp }, { weights: Uint8Array.of(1, 2), others });
  // A later edit leaves the weights as they were kept.
  await slot.keep({ document: named('b'), path: '/nets/a.netloom', stamp });

  const next = openRecovery(folder);
  const [lost, ...more] = await next.lost();
  expect(more).toEqual([]);
  expect(lost).toMatchObject({ path: '/nets/a.netloom', stamp, document: named('b') });
  expect(await next.read(lost?.id ?? '')).toMatchObject({ trained: { weights: Uint8Array.of(1, 2), others } });
});

test('windows that are open offer nothing, and each clears its own alone', async () => {
  const recovery = openRecovery(folder);
  const [first, second] = [recovery.newSlot(), recovery.newSlot()];
  await Promise.all([first.keep(work('a')), second.keep(work('b'))]);
  expect(await recovery.lost()).toEqual([]);
  const [id = ''] = readdirSync(folder);
  expect(await recovery.read(id)).toBeNull();
  await recovery.discard(id);
  first.clear();
  expect((await openRecovery(folder).lost()).map(({ document }) => document.name)).toEqual(['b']);
});

test('clearing wins over a write that is under way', async () => {
  const slot = openRecovery(folder).newSlot();
  const written = slot.keep(work('a'));
  slot.clear();
  await written;
  expect(readdirSync(folder)).toEqual([]);
  await slot.keep(work('b'));
  expect(await openRecovery(folder).lost()).toHaveLength(1);
});

test('what is claimed goes on in its place; what is discarded is gone', async () => {
  await openRecovery(folder).newSlot().keep(work('a'));
  const next = openRecovery(folder);
  const [lost] = await next.lost();
  const slot = next.claim(lost?.id ?? '');
  expect(await next.lost()).toEqual([]);
  await slot.keep(work('a, changed'));
  const third = openRecovery(folder);
  expect((await third.lost()).map(({ document }) => document.name)).toEqual(['a, changed']);
  await third.discard(lost?.id ?? '');
  expect(readdirSync(folder)).toEqual([]);
});

test('the oldest go, and what was cut off is cleared away', async () => {
  mkdirSync(join(folder, 'half'));
  writeFileSync(join(folder, 'half', 'network.json'), '{"at": 1, "docu');
  for (let i = 0; i < 14; i++)
    await openRecovery(folder)
      .newSlot()
      .keep(work(`${i}`));
  const lost = await openRecovery(folder).lost();
  expect(lost).toHaveLength(12);
  expect(readdirSync(folder)).toHaveLength(12);
  expect(existsSync(join(folder, 'half'))).toBe(false);
});
