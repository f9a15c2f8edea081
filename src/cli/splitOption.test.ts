import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { emptyDocument } from '../graph/document.ts';
import { UserError } from '../text.ts';
import { askedSplit, readSplit, withSplit } from './splitOption.ts';

const folder = mkdtempSync(join(tmpdir(), 'netloom-split-'));
afterAll(() => rmSync(folder, { recursive: true }));
const list = (name: string, text: string) => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};

const share = (test: number, stratified = true) => ({ kind: 'share', test, stratified });
const folds = (count: number, fold: number, stratified = true) => ({ kind: 'folds', folds: count, fold, stratified });

it.each<[written: string, settings: object, allFolds?: boolean]>([
  ['80/20', { validation: 0.2, split: share(0) }],
  ['80/10/10', { validation: 0.1, split: share(0.1) }],
  ['0.7/0.15/0.15', { validation: 0.15, split: share(0.15) }],
  ['70%/30%', { validation: 0.3, split: share(0) }],
  ['33.3/33.3/33.4', { validation: 0.33299999999999996, split: share(0.33399999999999996) }],
  ['80/20:seed=7:random', { validation: 0.2, splitSeed: 7, split: share(0, false) }],
  ['folds:5', { split: folds(5, 1) }, true],
  ['folds:5:2', { split: folds(5, 2) }],
  ['folds:10:random:seed=3', { splitSeed: 3, split: folds(10, 1, false) }, true],
  ['folders', { split: { kind: 'folders', parts: {} } }],
  ['folders:a=train,dev b=val', { split: { kind: 'folders', parts: { a: 'train', 'dev b': 'validation' } } }],
  ['column:part', { split: { kind: 'column', column: 'part', parts: {} } }],
  ['column:a:b', { split: { kind: 'column', column: 'a:b', parts: {} } }],
  ['column:fold:1=test,2=unused', { split: { kind: 'column', column: 'fold', parts: { 1: 'test', 2: 'unused' } } }],
  ['own', { split: undefined }],
])('reads %s', (written, settings, allFolds = false) => {
  expect(readSplit(written)).toEqual({ settings, allFolds });
});

it('reads lists of files, with paths as they are written', async () => {
  const [train, held] = [list('train.txt', 'a/1.png\r\n\r\nb/2.png\n'), list('val.txt', '  c 3.png\n')];
  const expected = { kind: 'files', train: ['a/1.png', 'b/2.png'], validation: ['c 3.png'] };
  expect((await askedSplit({ split: `files:${train},${held}` }))?.settings.split).toEqual(expected);
  const { data } = await withSplit(emptyDocument, { split: `files:test=${held}` });
  expect(data).toEqual({ ...emptyDocument.data, split: { kind: 'files', test: ['c 3.png'] } });
});

it('replaces the split before, and forgets what it assigned', async () => {
  const facts = { count: 4, inputs: [], targets: [], assigned: { train: 2, validation: 1, test: 1 } };
  const split = { kind: 'folders', parts: {} } as const;
  const before = { ...emptyDocument, data: { ...emptyDocument.data, facts, split } };
  const { data } = await withSplit(before, { split: 'own' });
  expect(data).toEqual({ ...emptyDocument.data, facts: { count: 4, inputs: [], targets: [] } });
  expect(await withSplit(before, {})).toBe(before);
  // The column of a split is no feature.
  expect((await withSplit(before, { split: 'column:part' })).data.facts).toBeUndefined();
});

it.each<[written: string, says: RegExp]>([
  ['thirds', /There is no such split/],
  ['80', /There is no such split/],
  ['80/10/5/5', /There is no such split/],
  ['80//20', /There is no such split/],
  ['80-20', /There is no such split/],
  ['80/10/20', /The shares add up to 110\./],
  ['50/60', /add up to 110/],
  ['100/0', /both shares must be greater than 0/],
  ['0/100', /both shares must be greater than 0/],
  ['80/20:seed=x', /followed by :seed=N/],
  ['80/20:seed=99999999999', /followed by :seed=N/],
  ['80/20:stratified', /followed by :seed=N/],
  ['folds', /a number of folds from 2 to 100/],
  ['folds:1', /a number of folds from 2 to 100/],
  ['folds:101', /a number of folds from 2 to 100/],
  ['folds:5:0', /counted from 1/],
  ['folds:5:6', /counted from 1/],
  ['folds:5:-1', /counted from 1/],
  ['folds:2.5', /counted from 1/],
  ['column', /name of a column/],
  ['column:', /name of a column/],
  ['column:part:a=tarin', /VALUE=PART/],
  ['folders:a', /VALUE=PART/],
  ['files:', /one list of files for each part/],
  ['files:a,b,c,d', /one list of files for each part/],
  ['files:a,train=b', /one list of files for each part/],
  ['files:nowhere.txt', /no file or folder “nowhere.txt”/],
  ['files:EMPTY', /is not a list of files/],
])('refuses %s', async (written, says) => {
  const error = await askedSplit({ split: written.replace('EMPTY', list('empty.txt', '\n\n')) }).catch(
    (e: unknown) => e,
  );
  expect(error).toBeInstanceOf(UserError);
  expect((error as UserError).text.en).toMatch(says);
  expect((error as UserError).text.zh).toMatch(/[一-鿿]/);
});
