import { expect, it } from 'vitest';
import type { SplitConfig } from '../graph/document.ts';
import { type Dataset, groupingOf, PARTS } from './dataset.ts';
import { splitOf } from './split.ts';
import { classesOfParts, samplesUsed, usedText } from './usedSamples.ts';

const labels = Uint8Array.from({ length: 20 }, (_, at) => at % 2);
const bare: Dataset = {
  name: 'd',
  count: 20,
  inputs: [{ name: 'x', kind: 'numbers', shape: [1], data: new Float32Array(20) }],
  targets: [{ name: 'y', kind: 'classes', classes: 3, names: ['cat', 'dog', 'owl'], shape: [], data: labels }],
};
const parts = (of: (at: number) => number): Dataset => ({ ...bare, parts: Uint8Array.from(labels.keys(), of) });
const byColumn = groupingOf(
  'part',
  Array.from({ length: 20 }, (_, at) => ['train', 'val', 'test', 'off'][at % 4] as string),
);
const withColumn: Dataset = { ...bare, groupings: byColumn === null ? [] : [byColumn] };
const column: SplitConfig = { kind: 'column', column: 'part', parts: { off: 'unused' } };

it.each<[string, Dataset, SplitConfig | undefined, string]>([
  ['plain data', bare, undefined, '16 for training, 4 for validation (by share, stratified by class, seed 9)'],
  [
    'numbers',
    { ...bare, targets: [{ name: 'y', kind: 'numbers', shape: [], data: new Float32Array(20) }] },
    undefined,
    '16 for training, 4 for validation (by share, seed 9)',
  ],
  [
    'shares',
    bare,
    { kind: 'share', test: 0.1, stratified: false },
    '14 for training, 4 for validation, 2 held out as the test set (by share, seed 9)',
  ],
  [
    'a fold',
    bare,
    { kind: 'folds', folds: 5, fold: 2, stratified: true },
    '16 for training, 4 for validation (fold 2 of 5, stratified by class, seed 9)',
  ],
  [
    'a column that assigns all',
    withColumn,
    column,
    '5 for training, 5 for validation, 5 held out as the test set, 5 unused (by column)',
  ],
  [
    'a column without validation samples',
    withColumn,
    { ...column, parts: { off: 'unused', val: 'train' } },
    '8 for training, 2 for validation, 5 held out as the test set, 5 unused (by column, stratified by class, seed 9)',
  ],
  [
    'data in three parts',
    parts((at) => at % 3),
    undefined,
    '7 for training, 7 for validation, 6 held out as the test set (the parts of the dataset)',
  ],
  [
    'data with a test set',
    parts((at) => (at < 15 ? PARTS.train : PARTS.test)),
    undefined,
    '12 for training, 3 for validation, 5 held out as the test set (the parts of the dataset, stratified by class, seed 9)',
  ],
])('says which samples of %s are used for what', (_, data, split, words) => {
  const settings = { validation: 0.2, splitSeed: 9, ...(split && { split }) };
  const used = samplesUsed(data, splitOf(data, settings), settings);
  expect(usedText(used).en).toBe(words);
  expect(used.train + used.validation + used.test + used.unused).toBe(20);
});

it('counts every class in every part', () => {
  const split = splitOf(bare, { validation: 0.2, splitSeed: 9, split: { kind: 'share', test: 0.1, stratified: true } });
  expect(classesOfParts(bare, split)).toEqual([
    { name: 'cat', train: 7, validation: 2, test: 1 },
    { name: 'dog', train: 7, validation: 2, test: 1 },
    { name: 'owl', train: 0, validation: 0, test: 0 },
  ]);
});
