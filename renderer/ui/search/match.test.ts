import { expect, test } from 'vitest';
import { layerOf } from '../../../src/layers/index.ts';
import { same, type Text } from '../../../src/text.ts';
import { matches } from './match.ts';

const title = (layer: string): Text => layerOf(layer)?.title ?? same('');
const conv = title('conv2d');
const batchNorm = title('batchNorm2d');
const saveAs = { en: 'Save As…', zh: '另存为…' };

test.each([
  [conv, 'conv', true],
  [conv, 'CONV2D', true],
  [conv, 'v2', true],
  [conv, '卷积', true],
  [conv, 'juanji', true],
  [conv, 'jj', true],
  [conv, 'jjc', true],
  [conv, 'juanj', true],
  [conv, 'jji', true],
  [conv, 'ceng', true],
  [conv, 'uan', true],
  [conv, '2d conv', true],
  [conv, 'ｃｏｎｖ', true],
  [conv, 'cj', false],
  [conv, 'cnv', false],
  [conv, 'conv 3d', false],
  [conv, '汇聚', false],
  [batchNorm, 'bn', true],
  [batchNorm, 'bn2', true],
  [batchNorm, 'batno', true],
  [batchNorm, 'plgfh', true],
  [batchNorm, 'nb', false],
  [{ en: 'Filter', zh: '滤波' }, 'lv', true],
  [saveAs, 'sa', true],
  [saveAs, 'as save', true],
  [saveAs, 'lcw', true],
  [same('ReLU'), 'relu', true],
  [same('ReLU'), 'lu', true],
  [same('卷积1'), 'jj1', true],
  [conv, '', true],
])('%j by %s: %s', (text, query, found) => {
  expect(matches(text, query) !== null).toBe(found);
});

test.each([
  ['the whole text before its beginning', 'add', same('Add'), same('Add layer')],
  ['the beginning before a word inside', 'save', same('Save as'), same('Do save')],
  ['a word before first letters', 'sa', same('Do save'), same('Do set all')],
  ['first letters before a part of a word', 'lo', same('Left out'), same('Halo')],
])('%s', (_, query, better, worse) => {
  expect(matches(better, query) ?? 0).toBeGreaterThan(matches(worse, query) ?? 0);
});
