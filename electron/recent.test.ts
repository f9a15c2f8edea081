import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { MOST_RECENT, openRecent } from './recent.ts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'netloom-recent-'));
  file = join(folder, 'user-data', 'recent.json');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const names = (recent: ReturnType<typeof openRecent>) => recent.list().map(({ name }) => name);

/** A longer time limit, because every write is synced to a disk that may be busy. */
const PATIENT = { timeout: 20_000 };

test('the list is ordered by time, has no duplicates, is limited, and is stored', async () => {
  const changed = vi.fn();
  const recent = openRecent(file, changed);
  for (let i = 0; i < MOST_RECENT + 3; i++) recent.add(`/nets/${i}.netloom`, null);
  recent.add('/nets/9.netloom', { light: '<svg/>', dark: '<svg/>' });
  expect(changed).toHaveBeenCalledTimes(MOST_RECENT + 4);
  expect(names(recent).slice(0, 3)).toEqual(['9.netloom', '14.netloom', '13.netloom']);
  expect(names(recent)).toHaveLength(MOST_RECENT);
  expect(recent.list()[0]).toMatchObject({ folder: '/nets', missing: false, thumbnail: { light: '<svg/>' } });
  await vi.waitFor(() => expect(openRecent(file, changed).list()).toEqual(recent.list()), PATIENT);
});

test('a deleted file is shown as missing until it is opened again or removed', async () => {
  const recent = openRecent(file, () => {});
  const here = join(folder, 'here.netloom');
  const gone = join(folder, 'gone.netloom');
  writeFileSync(here, '');
  recent.add(gone, null);
  recent.add(here, null);
  await recent.refresh();
  expect(recent.list().map(({ missing }) => missing)).toEqual([false, true]);
  recent.add(gone, null);
  expect(recent.list()[0]).toMatchObject({ name: 'gone.netloom', missing: false });
  recent.forget(recent.list()[0]?.id ?? '');
  expect(names(recent)).toEqual(['here.netloom']);
  expect(recent.pathOf(recent.list()[0]?.id ?? '')).toBe(here);
  recent.forget(null);
  expect(recent.list()).toEqual([]);
  await vi.waitFor(() => expect(readFileSync(file, 'utf8')).toBe('[]'), PATIENT);
});

test('a damaged list is read as empty', () => {
  const recent = openRecent(join(folder, 'recent.json'), () => {});
  writeFileSync(join(folder, 'recent.json'), '[{"path": 3}]');
  expect(openRecent(join(folder, 'recent.json'), () => {}).list()).toEqual([]);
  expect(recent.list()).toEqual([]);
  expect(existsSync(file)).toBe(false);
});
