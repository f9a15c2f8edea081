import { expect, test } from 'vitest';
import { check } from '../../../../src/check/check.ts';
import type { Edge, NetworkDocument } from '../../../../src/graph/document.ts';
import { applyEdits, type Edit } from '../../../../src/graph/edits.ts';
import { type Offer, offerOf } from '../../../../src/layers/presets.ts';
import { cardSize } from '../../../../src/layout/size.ts';
import { templateOf } from '../../../../templates/index.ts';
import { insertionOf, insertionOfNodes, insertNodesEdits } from './inserting.ts';

const lenet = templateOf('lenet_modern')?.document as NetworkDocument;
const checked = check(lenet);
const edgeTo = (node: string) => lenet.edges.find(({ to }) => to.node === node) as Edge;
const offer = (type: string) => offerOf(type) as Offer;
const add = (id: string, layer: string): Edit => ({
  kind: 'addNode',
  node: { id, layer, name: id, config: {}, position: { x: 900, y: 0 } },
});

test('an insertion has the output shape and the new problem', () => {
  expect(insertionOf(lenet, checked, offer('maxPool2d'), edgeTo('conv2'))).toMatchObject({
    shape: '6×7×7',
    problem: null,
    ghost: true,
  });
  expect(insertionOf(lenet, checked, offer('flatten'), edgeTo('conv2'))?.problem?.en).toContain('“conv2”');
  expect(insertionOf(lenet, checked, offer('input'), edgeTo('conv2'))).toBeNull();
});

test('unconnected cards are inserted into a connection by their only free input and output', () => {
  const doc = applyEdits(lenet, [
    add('a', 'relu'),
    add('b', 'tanh'),
    { kind: 'connect', from: { node: 'a', port: 'y' }, to: { node: 'b', port: 'x' } },
    add('c', 'elu'),
  ]);
  const edge = edgeTo('conv2');
  const after = applyEdits(doc, insertNodesEdits(doc, ['a', 'b'], edge, cardSize) ?? []);
  expect(after.edges.map(({ id }) => id)).toEqual(expect.arrayContaining(['pool1.y>a.x', 'a.y>b.x', 'b.y>conv2.x']));
  expect(after.edges).toHaveLength(doc.edges.length + 1);
  expect(insertionOfNodes(doc, check(doc), ['c'], edge)).toMatchObject({
    shape: '6×14×14',
    position: { x: 900, y: 0 },
    ghost: false,
  });
});

test.each([
  ['connected already', ['act1']],
  ['no clear way through', ['a', 'c']],
  ['part of a chain', ['a']],
])('%s: not inserted', (_, ids) => {
  const doc = applyEdits(lenet, [
    add('a', 'relu'),
    add('b', 'tanh'),
    { kind: 'connect', from: { node: 'a', port: 'y' }, to: { node: 'b', port: 'x' } },
    add('c', 'elu'),
  ]);
  expect(insertNodesEdits(doc, ids, edgeTo('conv2'), cardSize)).toBeNull();
});
