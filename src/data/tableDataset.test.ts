import { describe, expect, it } from 'vitest';
import { readCsv } from './csv.ts';
import { readTable } from './table.ts';
import { type TableConfig, tableDataset } from './tableDataset.ts';

const open = (text: string, config: TableConfig = {}) =>
  tableDataset('x.csv', readTable(readCsv(new TextEncoder().encode(text), 'x.csv')), config, {
    validation: 0.25,
    splitSeed: 1,
  });

const flowers = ['length,width,color,species', '1,2,red,b', '3,2,blue,a', '5,2,red,b', '7,2,,a', ''].join('\n');

describe('a table as a dataset', () => {
  it('predicts the last column and one-hot encodes words', () => {
    const { count, inputs, targets, columns } = open(flowers);
    expect(count).toBe(4);
    expect(columns?.map(({ name, kind }) => `${name} ${kind}`)).toEqual([
      'length number',
      'width number',
      'color category',
      'species category',
    ]);
    expect(inputs[0]).toMatchObject({
      shape: [5],
      columns: ['length', 'width', 'color = blue', 'color = red', 'color = (missing)'],
    });
    expect(targets[0]).toMatchObject({
      name: 'species',
      classes: 2,
      names: ['a', 'b'],
      data: Uint8Array.of(1, 0, 1, 0),
    });
  });

  it('has further targets, which are no features, and leaves out rows without one of them', () => {
    const { count, inputs, targets } = open(`${flowers}9,4,blue,\n,4,red,b\n`, { targets: ['length', 'species'] });
    expect(count).toBe(4);
    expect(inputs[0]).toMatchObject({ columns: ['width', 'color = blue', 'color = red', 'color = (missing)'] });
    expect(targets).toMatchObject([
      { name: 'species', classes: 2 },
      { name: 'length', kind: 'numbers', shape: [1], data: Float32Array.of(1, 3, 5, 7) },
    ]);
    expect(() => open(flowers, { targets: ['height'] })).toThrow(/has no column “height”/);
  });

  it('standardizes by the training rows, and a constant column becomes 0', () => {
    const { data } = open(flowers).inputs[0] as { data: Float32Array };
    const column = (at: number) => [0, 1, 2, 3].map((row) => data[5 * row + at] as number);
    expect(column(1)).toEqual([0, 0, 0, 0]);
    // Three of the four rows are trained on; whichever they are, lengths stay two units of one deviation apart.
    const [first, second, third] = column(0) as [number, number, number];
    expect(second - first).toBeCloseTo(third - second, 5);
    expect(second - first).toBeGreaterThan(0);
  });

  it.each<[string, string, TableConfig, object]>([
    ['a named target', flowers, { target: 'color' }, { name: 'color', classes: 2, names: ['blue', 'red'] }],
    ['a column called label', 'label,x\n0,1\n1,2\n0,3\n1,4\n', {}, { name: 'label', classes: 2 }],
    [
      'labels from 1',
      'x,y\n1,1\n2,2\n3,1\n4,2\n',
      {},
      { classes: 2, names: ['1', '2'], data: Uint8Array.of(0, 1, 0, 1) },
    ],
    ['amounts', 'x,price\n1,10.5\n2,20.25\n3,7\n', {}, { kind: 'numbers', shape: [1] }],
    ['whole numbers asked for as numbers', 'x,y\n1,1\n2,2\n3,1\n4,2\n', { targetKind: 'numbers' }, { kind: 'numbers' }],
  ])('%s', (_, text, config, wanted) => {
    expect(open(text, config).targets[0]).toMatchObject(wanted);
  });

  it('leaves out ignored columns and rows without a target', () => {
    const { count, inputs } = open('a,b,y\n1,2,p\n3,4,\n5,6,q\n7,8,p\n', { ignored: ['b'] });
    expect(count).toBe(3);
    expect(inputs[0]?.shape).toEqual([1]);
  });

  it.each<[string, string, TableConfig, RegExp]>([
    ['one column', 'a\n1\n2\n', {}, /no column to predict/],
    [
      'a target that is not there',
      flowers,
      { target: 'kind' },
      /no column “kind” with values. Its columns are: length/,
    ],
    [
      'a table of names',
      `n,y\n${Array.from({ length: 120 }, (_, row) => `name ${row},${row % 2}`).join('\n')}`,
      {},
      /no column of numbers or categories/,
    ],
  ])('refuses %s', (_, text, config, message) => {
    expect(() => open(text, config)).toThrow(message);
  });
});

describe('numbers that no network takes', () => {
  it.each([
    ['infinity', 'a,y\n1,2.5\n-inf,3.5\n', /Column “a” of “x.csv” is infinite or above 3.4e38 in row 2/],
    ['a number beyond a double', 'a,y\n1e999,2.5\n1,3.5\n', /Column “a” .* in row 1/],
    ['a target that no float holds', 'a,y\n1,2.5\n2,1e39\n', /Column “y” .* in row 2/],
  ])('%s: refused', (_, text, message) => {
    expect(() => open(text)).toThrow(message);
  });
});
