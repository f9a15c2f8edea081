import { expect, test } from 'vitest';
import { check, createChecker } from '../../../src/check/check.ts';
import type { NetworkDocument } from '../../../src/graph/document.ts';
import { applyEdits } from '../../../src/graph/edits.ts';
import { templateOf } from '../../../templates/index.ts';
import { csvOf } from './costCsv.ts';
import { columns, found, rowsOf, sorted, sumsOf } from './rows.ts';

const lenet = templateOf('lenet_modern')?.document as NetworkDocument;
const frozen = applyEdits(lenet, [
  { kind: 'setFrozen', node: 'fc1', frozen: true },
  { kind: 'renameNode', node: 'fc2', name: 'a "wide", one' },
]);
const rows = rowsOf(frozen, check(frozen));
const names = (list: readonly { readonly name: string }[]) => list.map(({ name }) => name);

test('sums equal the totals of the check, with frozen parameters separate', () => {
  const { params, trainableParams, macs, activationBytes } = check(frozen).totals;
  expect(sumsOf(rows)).toEqual({
    trainable: trainableParams,
    frozen: params - trainableParams,
    macs,
    activation: activationBytes,
  });
});

test('every column sorts both ways and keeps every row', () => {
  for (const column of columns) {
    for (const down of [false, true]) {
      expect(names(sorted(rows, { column, down }, 'en')).sort()).toEqual(names(rows).sort());
    }
  }
  expect(sorted(rows, { column: 'macs', down: true }, 'en')[0]?.name).toBe('conv2');
  expect(sorted(rows, { column: 'frozen', down: true }, 'en')[0]?.name).toBe('fc1');
  expect(names(sorted(rows, { column: 'order', down: false }, 'en'))).toEqual(names(rows));
});

test('a filter finds names and layer kinds in either language', () => {
  expect(names(found(rows, 'conv'))).toEqual(['conv1', 'conv2']);
  expect(names(found(rows, '汇聚')).length).toBe(2);
  expect(found(rows, '')).toBe(rows);
});

test('rows of layers that an edit does not affect keep their identity', () => {
  const checkAgain = createChecker();
  const before = rowsOf(lenet, checkAgain(lenet));
  const edited = applyEdits(lenet, [{ kind: 'renameNode', node: 'fc3', name: 'scores' }]);
  const after = rowsOf(edited, checkAgain(edited));
  expect(after.filter((row, i) => row !== before[i]).map(({ name }) => name)).toEqual(['scores']);
});

test('CSV quotes fields that need it and has the numbers of the table', () => {
  const bytes = csvOf(rows, sumsOf(rows), 32, { heads: { name: 'Layer' }, total: 'Total', language: 'en' });
  expect([...bytes.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  const lines = new TextDecoder().decode(bytes).split('\r\n');
  expect(lines[0]).toBe('Layer,kind,shape,trainable,frozen,macs,activation');
  expect(lines).toContain('"a ""wide"", one",Linear,84,10164,0,10080,10752');
  expect(lines.at(-2)?.startsWith('Total,,,')).toBe(true);
  expect(lines).toHaveLength(rows.length + 3);
});
