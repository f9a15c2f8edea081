import { expect, test } from 'vitest';
import type { RecentFile } from '../../../src/desktopCalls.ts';
import type { RunRecord } from '../../../src/runs/record.ts';
import { same } from '../../../src/text.ts';
import { pretrained } from '../../../templates/pretrained.ts';
import {
  arranged,
  importedEntries,
  type LibraryEntry,
  type LibrarySorting,
  runEntries,
  shippedEntries,
} from './libraryEntries.ts';

const recent = (name: string, missing = false): RecentFile => ({
  id: name,
  name,
  folder: '/models',
  at: 5,
  missing,
  thumbnail: null,
});
const run = (id: string, accuracy: number | null): RunRecord =>
  ({
    id,
    name: id,
    source: 'mnist',
    params: 10,
    created: 7,
    best: accuracy === null ? null : { validation: { accuracy, loss: 1 - accuracy } },
  }) as RunRecord;

test('files of other programs are listed, also missing ones, and Netloom files are not', () => {
  const found = importedEntries([recent('a.onnx'), recent('b.netloom'), recent('c.svg'), recent('d.pt', true)]);
  expect(found.map(({ id, missing }) => [id, missing])).toEqual([
    ['a.onnx', false],
    ['d.pt', true],
  ]);
});

test('runs without an evaluated epoch are left out', () => {
  expect(runEntries([run('a', 0.5), run('b', null)])).toMatchObject([{ id: 'a', accuracy: 0.5, loss: 0.5, at: 7 }]);
});

test('shipped networks have their accuracy as a share', () => {
  expect(shippedEntries(pretrained).map(({ accuracy }) => accuracy)).toEqual([0.981, 0.9845]);
});

const entry = (id: string, values: Partial<LibraryEntry> = {}): LibraryEntry => ({
  id,
  title: same(id),
  from: same('digits'),
  recipe: same(''),
  params: null,
  accuracy: null,
  loss: null,
  at: null,
  missing: false,
  ...values,
});
const entries = [
  entry('net10', { at: 3, loss: 0.1 }),
  entry('net2', { at: 9, accuracy: 0.9, from: same('Moons') }),
  entry('a', { at: 1, loss: 0.01 }),
];

test.each<[string, LibrarySorting, readonly string[]]>([
  ['', 'newest', ['net2', 'net10', 'a']],
  ['', 'name', ['a', 'net2', 'net10']],
  ['', 'best', ['net2', 'a', 'net10']],
  ['net', 'name', ['net2', 'net10']],
  ['moons', 'name', ['net2']],
  ['nothing', 'name', []],
])('“%s” sorted by %s', (query, sorting, ids) =>
  expect(arranged(entries, query, sorting, 'en').map(({ id }) => id)).toEqual(ids));
