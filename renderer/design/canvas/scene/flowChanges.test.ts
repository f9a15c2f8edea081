import type { NodeChange } from '@xyflow/react';
import { expect, test } from 'vitest';
import { emptyDocument, type NetworkDocument } from '../../../../src/graph/document.ts';
import { positionsAfter, selectionAfter } from './flowChanges.ts';

const select = (id: string, selected: boolean): NodeChange => ({ type: 'select', id, selected });
const live = (id: string) => id !== 'far';

test.each<[what: string, before: string[], changes: NodeChange[], several: boolean, after: string[] | null]>([
  ['a click selects one', ['a', 'far'], [select('a', false), select('b', true)], false, ['b']],
  ['with the key it is one more', ['a', 'far'], [select('b', true)], true, ['a', 'far', 'b']],
  ['nothing is left when all is given up', ['a', 'far'], [select('a', false)], false, []],
  ['other changes leave the selection', ['a'], [{ type: 'remove', id: 'a' }], false, null],
  ['the same is no change', ['a'], [select('a', true)], false, null],
])('%s', (_, before, changes, several, after) => {
  expect(selectionAfter(before, changes, live, several)).toEqual(after);
});

const node = (id: string, x: number) => ({ id, layer: 'relu', name: id, config: {}, position: { x, y: 0 } });
const document: NetworkDocument = {
  ...emptyDocument,
  nodes: [node('a', 0), node('b', 200), node('c', 400)],
  notes: [{ id: 'note', text: '', position: { x: 9, y: 9 }, size: { width: 50, height: 20 } }],
};

test('a dragged card that is not selected moves alone', () => {
  expect(positionsAfter(document, ['b'], { a: { x: 4.4, y: 2 } })).toEqual({ a: { x: 4, y: 2 } });
});

test('all selected items move by the same distance as the dragged one', () => {
  expect(positionsAfter(document, ['a', 'c', 'note'], { a: { x: 10, y: -6 } })).toEqual({
    a: { x: 10, y: -6 },
    c: { x: 410, y: -6 },
    note: { x: 19, y: 3 },
  });
});
