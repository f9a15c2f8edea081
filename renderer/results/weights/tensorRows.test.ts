import { expect, test } from 'vitest';
import { emptyDocument } from '../../../src/graph/document.ts';
import { statisticsOf } from '../../../src/look/statistics.ts';
import type { TensorFacts } from '../../../src/protocol/look.ts';
import { type Column, csvOf, figureIn, found, rowsOf, sorted } from './tensorRows.ts';

const tensor = (path: string, param: string, values: readonly number[], moved: number | null): TensorFacts => ({
  path,
  param,
  layer: path.startsWith('conv') ? 'conv2d' : 'linear',
  shape: [values.length],
  trained: true,
  frozen: false,
  now: statisticsOf(values),
  start: null,
  moved,
});
const rows = rowsOf(
  [
    tensor('conv10', 'weight', [3, 4], 0.5),
    tensor('conv2', 'weight', [0, 0, 1], null),
    tensor('fc', 'bias', [-5], 0.1),
  ],
  emptyDocument,
);
const order = (column: Column | 'order', down: boolean): readonly string[] =>
  sorted(rows, { column, down }, 'en').map(({ name }) => name);

test.each<[Column | 'order', boolean, readonly string[]]>([
  ['order', false, ['conv10/weight', 'conv2/weight', 'fc/bias']],
  ['name', false, ['conv2/weight', 'conv10/weight', 'fc/bias']],
  ['kind', true, ['fc/bias', 'conv10/weight', 'conv2/weight']],
  ['count', true, ['conv2/weight', 'conv10/weight', 'fc/bias']],
  ['min', false, ['fc/bias', 'conv2/weight', 'conv10/weight']],
  ['norm', true, ['conv10/weight', 'fc/bias', 'conv2/weight']],
  ['zeros', true, ['conv2/weight', 'conv10/weight', 'fc/bias']],
  ['moved', true, ['conv10/weight', 'fc/bias', 'conv2/weight']],
  ['moved', false, ['fc/bias', 'conv10/weight', 'conv2/weight']],
])('sorted by %s, descending: %s', (column, down, names) => expect(order(column, down)).toEqual(names));

test('the norm is the Euclidean norm', () => {
  expect(rows.map((row) => figureIn(row, 'norm'))).toEqual([5, 1, 5].map((norm) => expect.closeTo(norm)));
});

test.each<[string, readonly string[]]>([
  ['', ['conv10/weight', 'conv2/weight', 'fc/bias']],
  ['bias', ['fc/bias']],
  ['conv2/w', ['conv2/weight']],
  ['全连接', ['fc/bias']],
  ['nothing', []],
])('“%s” finds rows by name and layer', (query, names) =>
  expect(found(rows, query).map(({ name }) => name)).toEqual(names));

test('the CSV file has all columns', () => {
  const heads = Object.fromEntries(
    ['name', 'kind', 'type', 'shape', 'count', 'min', 'max', 'mean', 'std', 'norm', 'zeros', 'moved'].map((key) => [
      key,
      key,
    ]),
  ) as Record<Column | 'type' | 'shape', string>;
  const lines = new TextDecoder()
    .decode(csvOf(rows, heads, 'en'))
    .trim()
    .split(/\r?\n/);
  expect(lines[0]).toMatch(/name,kind,type,shape,count,min,max,mean,std,norm,zeros,moved$/);
  expect(lines[3]).toBe('fc/bias,Linear,float32,1,1,-5,-5,-5,0,5,0,0.1');
});
