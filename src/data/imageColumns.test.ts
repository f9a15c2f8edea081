import { expect, it } from 'vitest';
import type { Dataset } from './dataset.ts';
import { withColumns } from './imageColumns.ts';
import { listByTable } from './imageFolder.ts';
import type { TableConfig } from './tableDataset.ts';

const paths = ['a.png', 'b.png', 'c.png', 'd.png'];
const listing = listByTable(
  paths,
  {
    columns: ['file', 'kind', 'age', 'place'],
    rows: [
      ['a.png', 'cat', '1', 'in'],
      ['b.png', 'dog', '3', 'out'],
      ['c.png', 'cat', '5', ''],
      ['d.png', 'dog', '7', 'in'],
    ],
    delimiter: ',',
  },
  'pets',
  'kind',
);
if (listing === null) throw new Error('the table lists the images');
// The image b.png could not be read.
const label = Uint8Array.of(0, 0, 1);
const images: Dataset = {
  name: 'pets',
  count: 3,
  inputs: [{ name: 'image', kind: 'bytes', shape: [1, 1, 1], data: Uint8Array.of(1, 2, 3) }],
  targets: [{ name: 'label', kind: 'classes', classes: 2, names: ['cat', 'dog'], shape: [], data: label }],
  files: ['a.png', 'c.png', 'd.png'],
};
const open = (table: TableConfig) => withColumns(images, listing, { validation: 0.3, splitSeed: 1, table });

it('columns of the table are inputs and targets beside the image', () => {
  const { inputs, targets, columns } = open({ features: ['place'], targets: ['age'] });
  expect(inputs.map(({ name }) => name)).toEqual(['image', 'features']);
  expect(inputs[1]).toMatchObject({ shape: [2], columns: ['place = in', 'place = (missing)'] });
  expect([...(inputs[1]?.data ?? [])]).toEqual([1, 0, 0, 1, 1, 0]);
  expect(targets).toMatchObject([
    { name: 'kind', data: label },
    { name: 'age', kind: 'numbers', data: Float32Array.of(1, 5, 7) },
  ]);
  expect(columns?.map(({ name }) => name)).toEqual(['kind', 'age', 'place']);
});

it('images are alone without roles, and a target without a value is refused', () => {
  expect(open({})).toMatchObject({ inputs: images.inputs, targets: images.targets });
  expect(() => open({ targets: ['place'] })).toThrow(/“c\.png” in “pets” has no value in the target column “place”/);
  expect(() => open({ features: ['size'] })).toThrow(/has no column “size”/);
});
