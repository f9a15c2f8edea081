import { describe, expect, it } from 'vitest';
import type { SplitConfig } from '../graph/document.ts';
import { UserError } from '../text.ts';
import { type Dataset, groupingOf, PARTS } from './dataset.ts';
import { factsFrom, splitCounts } from './known.ts';
import { keptSplit, type Split, type SplitSettings, splitOf, splitSamples, stratifiedSplit } from './split.ts';

/** A dataset with these classes, in parts of these counts, of files with these names. */
function dataset(labels: readonly number[], more: Partial<Dataset> = {}): Dataset {
  return {
    name: 'd',
    count: labels.length,
    inputs: [{ name: 'x', kind: 'numbers', shape: [1], data: new Float32Array(labels.length) }],
    targets: [
      { name: 'label', kind: 'classes', classes: Math.max(0, ...labels) + 1, shape: [], data: Uint8Array.from(labels) },
    ],
    ...more,
  };
}

const repeated = (...counts: readonly number[]) =>
  counts.flatMap((count, label) => new Array<number>(count).fill(label));

const settings = (split?: SplitConfig, validation = 0.2, splitSeed = 1): SplitSettings => ({
  validation,
  splitSeed,
  ...(split && { split }),
});

const sizes = ({ train, validation, test }: Split) => [train.length, validation.length, test.length];

/** Samples of each class in each part. */
const perClass = (data: Dataset, split: Split) =>
  [split.train, split.validation, split.test].map((part) => {
    const [labels] = data.targets.map((target) => target.data);
    return Array.from({ length: 3 }, (_, label) => part.filter((index) => labels?.[index] === label).length);
  });

const share = (test: number, stratified = true): SplitConfig => ({ kind: 'share', test, stratified });
const folds = (count: number, fold: number, stratified = true): SplitConfig => ({
  kind: 'folds',
  folds: count,
  fold,
  stratified,
});

const owned = Uint8Array.from({ length: 100 }, (_, at) => (at < 80 ? PARTS.train : PARTS.test));

const testOnly = new Uint8Array(10).fill(PARTS.test);

const rows: readonly [string, Dataset, SplitSettings, readonly number[]][] = [
  ['a share as before', dataset(repeated(50, 30, 20)), settings(), [80, 20, 0]],
  ['80/10/10', dataset(repeated(50, 30, 20)), settings(share(0.1), 0.1), [80, 10, 10]],
  ['odd counts', dataset(repeated(33, 33, 37)), settings(share(0.15), 0.15), [73, 15, 15]],
  ['nearly all held out', dataset(repeated(4, 4, 4)), settings(share(0.49), 0.5), [0, 6, 6]],
  ['classes of one sample', dataset([0, 1, 2]), settings(share(1 / 3), 1 / 3), [1, 1, 1]],
  ['without strata', dataset(repeated(50, 30, 20)), settings(share(0.1, false), 0.1), [80, 10, 10]],
  ['a test set of the data stays', dataset(repeated(60, 40), { parts: owned }), settings(share(0), 0.25), [60, 20, 20]],
  ['a test share draws from all', dataset(repeated(60, 40), { parts: owned }), settings(share(0.1), 0.1), [80, 10, 10]],
  ['shares of more than all', dataset(repeated(4, 4, 4)), settings(share(0.6), 0.5), [0, 6, 6]],
  ['a test set alone, by share', dataset(repeated(6, 4), { parts: testOnly }), settings(share(0), 0.2), [8, 2, 0]],
  ['a test set alone, as it comes', dataset(repeated(6, 4), { parts: testOnly }), settings(), [8, 2, 0]],
  ['a test set alone, in folds', dataset(repeated(6, 4), { parts: testOnly }), settings(folds(5, 1)), [8, 2, 0]],
  ['fold 1 of 3', dataset(repeated(5, 3, 2)), settings(folds(3, 1)), [6, 4, 0]],
  ['fold 3 of 3', dataset(repeated(5, 3, 2)), settings(folds(3, 3)), [7, 3, 0]],
  ['as many folds as samples', dataset([0, 1, 2]), settings(folds(3, 2)), [2, 1, 0]],
  ['folds beside a test set', dataset(repeated(60, 40), { parts: owned }), settings(folds(4, 1)), [60, 20, 20]],
];

describe('splitSamples', () => {
  it.each(rows)('%s', (_, data, given, expected) => {
    const split = splitSamples(data, data.targets[0]?.data as Uint8Array, given);
    expect(sizes(split)).toEqual(expected);
    const all = [...split.train, ...split.validation, ...split.test];
    expect(new Set(all).size).toBe(data.count);
    const counts = splitCounts(factsFrom(data, given.split), given);
    expect([counts?.train, counts?.validation, counts?.test]).toEqual(expected);
    expect(splitSamples(data, data.targets[0]?.data as Uint8Array, given)).toEqual(split);
  });

  it('keeps the shares of every class', () => {
    const data = dataset(repeated(50, 30, 20));
    expect(perClass(data, splitOf(data, settings(share(0.1), 0.2)))).toEqual([
      [35, 21, 14],
      [10, 6, 4],
      [5, 3, 2],
    ]);
    const [, validation] = perClass(data, splitOf(data, settings(share(0.1, false), 0.2)));
    expect(validation).not.toEqual([10, 6, 4]);
  });

  it('keeps the validation samples when a test set is drawn, and those of earlier versions', () => {
    const labels = Uint8Array.from({ length: 1003 }, (_, i) => (i * i) % 7);
    expect(stratifiedSplit(labels, 0.2, 1, 0.1).validation).toEqual(stratifiedSplit(labels, 0.2, 1).validation);
    // Bits of the splits that files refer to by fraction and seed.
    expect([...stratifiedSplit(Uint8Array.from(repeated(6, 4)), 0.3, 7).validation]).toEqual([0, 3, 8]);
  });

  it('validates every sample in one fold', () => {
    const data = dataset(repeated(11, 7, 5));
    const held = [1, 2, 3, 4].flatMap((fold) => [...splitOf(data, settings(folds(4, fold))).validation]);
    expect(held.sort((a, b) => a - b)).toEqual(Array.from({ length: 23 }, (_, at) => at));
    expect(splitOf(data, settings(folds(4, 1), 0.2, 2))).not.toEqual(splitOf(data, settings(folds(4, 1), 0.2, 1)));
  });
});

const files = ['train/a/1.png', 'train/a/2.png', 'other/a/3.png', 'other/b/1.png', 'test/b/5.png', 'test/b/ö.png'];
const images = dataset([0, 0, 0, 1, 1, 1], {
  files,
  unreadable: [{ file: 'train/a/bad.png', reason: { en: 'damaged', zh: '已损坏' } }],
});
const column = groupingOf('fold', ['a', 'b', 'b', 'c', '', 'a']);
const table = dataset([0, 1, 0, 1, 0, 1], { groupings: column === null ? [] : [column] });
const list = (lists: { train?: string[]; validation?: string[]; test?: string[] }): SplitConfig => ({
  kind: 'files',
  ...lists,
});

describe('assigned parts', () => {
  const assigned: readonly [string, Dataset, SplitConfig, readonly (readonly number[])[]][] = [
    [
      'folders by name',
      images,
      { kind: 'folders', parts: { other: 'validation' } },
      [
        [0, 1],
        [2, 3],
        [4, 5],
      ],
    ],
    [
      'inner folders',
      images,
      { kind: 'folders', parts: { other: 'train', b: 'validation' } },
      [[0, 1, 2], [3, 4, 5], []],
    ],
    [
      'a column',
      table,
      { kind: 'column', column: 'fold', parts: { a: 'train', b: 'validation', c: 'test' } },
      [[0, 5], [1, 2], [3]],
    ],
    [
      'an unused value',
      table,
      { kind: 'column', column: 'fold', parts: { a: 'train', b: 'validation', c: 'unused' } },
      [[0, 5], [1, 2], []],
    ],
    [
      'lists, the rest trained on',
      images,
      list({ validation: ['3.png', './other/b/1.png'] }),
      [[0, 1, 4, 5], [2, 3], []],
    ],
    [
      'lists with a list to train on',
      images,
      list({ train: ['a/2.png'], validation: ['test\\b\\5.png'] }),
      [[1], [4], []],
    ],
    [
      'paths with a folder before',
      images,
      list({ validation: ['/data/set/test/b/ö.png'] }),
      [[0, 1, 2, 3, 4], [5], []],
    ],
    ['unreadable files', images, list({ validation: ['bad.png', '5.png'] }), [[0, 1, 2, 3, 5], [4], []]],
    ['a name twice in one list', images, list({ validation: ['5.png', '5.png'] }), [[0, 1, 2, 3, 5], [4], []]],
  ];
  it.each(assigned)('%s', (_, data, split, expected) => {
    const { train, validation, test } = splitOf(data, settings(split));
    expect([train, validation, test].map((part) => [...part])).toEqual(expected);
    const counts = splitCounts(factsFrom(data, split), settings(split));
    expect([counts?.train, counts?.validation, counts?.test]).toEqual(expected.map(({ length }) => length));
  });

  it('holds out a share where nothing is assigned to validation', () => {
    const split: SplitConfig = { kind: 'column', column: 'fold', parts: { a: 'train', b: 'train', c: 'test' } };
    expect(sizes(splitOf(table, settings(split, 0.25)))).toEqual([3, 1, 1]);
  });

  const refused: readonly [string, Dataset, SplitConfig, RegExp][] = [
    ['more folds than samples', dataset([0, 1]), folds(3, 1), /2 samples for 3 folds/],
    ['a fold that is not there', dataset([0, 1, 0]), folds(2, 3), /no fold 3 of 2/],
    ['an unknown column', table, { kind: 'column', column: 'part', parts: {} }, /no column “part”.*few values: fold/],
    [
      'a value without a part',
      table,
      { kind: 'column', column: 'fold', parts: { a: 'train' } },
      /“b” of “fold” belongs to no part/,
    ],
    ['an unknown value', table, { kind: 'column', column: 'fold', parts: { z: 'train' } }, /no value “z”.*a, b, c/],
    ['a folder without a part', images, { kind: 'folders', parts: {} }, /“other” of “d” belongs to no part/],
    ['an unknown folder', images, { kind: 'folders', parts: { vla: 'test' } }, /no folder “vla”/],
    ['folders of a table', table, { kind: 'folders', parts: {} }, /not files of their own/],
    ['lists for a table', table, list({ test: ['1'] }), /not files of their own/],
    ['an unknown name', images, list({ test: ['9.png'] }), /no file “9.png”/],
    ['an ambiguous name', images, list({ test: ['1.png'] }), /may be “train\/a\/1.png” or “other\/b\/1.png”/],
    ['lists that overlap', images, list({ train: ['5.png'], validation: ['test/b/5.png'] }), /in two lists/],
    ['nothing to train on', images, list({ train: [], validation: ['5.png'] }), /leaves no sample to train on/],
    [
      'nothing left by the shares',
      dataset(repeated(4, 4)),
      share(0.9),
      /holding out 20% for validation and 90% for the test/,
    ],
    ['nothing to validate on', dataset([0, 1]), share(0.5), /leaves none to validate on/],
  ];
  it.each(refused)('refuses %s', (_, data, split, message) => {
    expect(() => splitOf(data, settings(split))).toThrow(UserError);
    expect(() => splitOf(data, settings(split))).toThrow(message);
  });

  it('belongs to its dataset, while shares and folds hold for another one', () => {
    expect(keptSplit(settings(list({ test: ['5.png'] })))).toEqual(settings());
    expect(keptSplit(settings(folds(5, 2)))).toEqual(settings(folds(5, 2)));
  });
});
