import { expect, test } from 'vitest';
import { emptyDocument, type NetworkDocument } from '../../../../src/graph/document.ts';
import { connect } from '../../../../src/graph/drawn.ts';
import { applyEdits, type Edit } from '../../../../src/graph/edits.ts';
import { keyboardOrder, walk } from './walk.ts';

const add = (id: string, x: number, y: number): Edit => ({
  kind: 'addNode',
  node: { id, layer: 'relu', name: id, config: {}, position: { x, y } },
});
/** start → left, right → sum, drawn in another order than data flows. */
const doc: NetworkDocument = applyEdits(emptyDocument, [
  add('sum', 0, 200),
  add('left', -100, 100),
  add('right', 120, 100),
  add('start', 0, 0),
  connect('start', 'left'),
  connect('start', 'right'),
  connect('left', 'sum', 'x0'),
  connect('right', 'sum', 'x1'),
  { kind: 'setNote', note: { id: 'note', text: '', position: { x: 0, y: 0 }, size: { width: 9, height: 9 } } },
]);

test('the keyboard order follows the data and includes cycles', () => {
  expect(keyboardOrder(doc)).toEqual(['start', 'left', 'right', 'sum', 'note']);
  const circle = applyEdits(doc, [connect('sum', 'start')]);
  expect(new Set(keyboardOrder(circle))).toEqual(new Set(['start', 'left', 'right', 'sum', 'note']));
});

test.each([
  ['start', 'down', 'left'],
  ['start', 'up', null],
  ['left', 'down', 'sum'],
  ['left', 'right', 'right'],
  ['right', 'right', null],
  ['right', 'left', 'left'],
  ['sum', 'up', 'left'],
] as const)('from %s %s to %s', (from, way, to) => {
  expect(walk(doc, from, way)).toBe(to);
});

test('arrow keys are rotated if data flows to the right', () => {
  const turned = applyEdits(doc, [{ kind: 'setDirection', direction: 'right' }]);
  expect(walk(turned, 'left', 'right')).toBe('sum');
  expect(walk(turned, 'sum', 'left')).toBe('left');
});
