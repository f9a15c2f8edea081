import { expect, test } from 'vitest';
import { check } from '../../src/check/check.ts';
import type { NetworkDocument } from '../../src/graph/document.ts';
import { applyEdits } from '../../src/graph/edits.ts';
import { type Offer, offerOf } from '../../src/layers/presets.ts';
import { templateOf } from '../../templates/index.ts';
import { fittingsAt, placedAt } from './adding.ts';
import type { Place } from './gesture.ts';

const lenet = templateOf('lenet_modern')?.document as NetworkDocument;
const checked = check(lenet);
const point = { x: 500, y: 300 };
const added = (type: string, place: Place) => {
  const placed = placedAt(lenet, checked, offerOf(type) as Offer, place, point);
  return { placed, doc: applyEdits(lenet, placed?.edits ?? []) };
};
const wire = lenet.edges.find(({ to }) => to.node === 'pool1')?.id ?? '';

test.each<[Place['kind'], string, Place, string[]]>([
  ['anywhere', 'relu', { kind: 'anywhere' }, []],
  ['behind', 'relu', { kind: 'behind', from: { node: 'conv1', port: 'y' } }, ['conv1.y>relu.x']],
  ['before', 'relu', { kind: 'before', to: { node: 'conv2', port: 'x' } }, ['relu.y>conv2.x']],
  ['onWire', 'relu', { kind: 'onWire', edge: wire }, ['act1.y>relu.x', 'relu.y>pool1.x']],
  ['after', 'relu', { kind: 'after', node: 'act1' }, ['act1.y>relu.x', 'relu.y>pool1.x']],
  ['inPlaceOf', 'tanh', { kind: 'inPlaceOf', node: 'act1' }, ['conv1.y>act1.x', 'act1.y>pool1.x']],
])('%s: a layer is added with these wires', (_, type, place, wires) => {
  const { placed, doc } = added(type, place);
  expect(doc.nodes.find(({ id }) => id === placed?.node)?.layer).toBe(type);
  const touching = doc.edges.filter(({ from, to }) => from.node === placed?.node || to.node === placed?.node);
  expect(touching.map(({ id }) => id).sort()).toEqual(wires.sort());
});

test('the port of a layer is where the wire was dropped', () => {
  const at = (place: Place) => added('relu', place).doc.nodes.at(-1)?.position;
  expect(at({ kind: 'behind', from: { node: 'conv1', port: 'y' } })).toEqual({ x: 412, y: 300 });
  expect(at({ kind: 'before', to: { node: 'conv2', port: 'x' } })).toEqual({ x: 412, y: 232 });
  expect(at({ kind: 'anywhere' })).toEqual({ x: 412, y: 266 });
});

test('a preset behind an output gets the config that fits there', () => {
  const { doc } = added('depthwiseConv', { kind: 'behind', from: { node: 'conv1', port: 'y' } });
  expect(doc.nodes.at(-1)?.config).toMatchObject({ groups: 6, outChannels: 6 });
});

test('what cannot be there is not put there', () => {
  expect(added('input', { kind: 'onWire', edge: wire }).placed).toBeNull();
  expect(fittingsAt(lenet, checked, { kind: 'onWire', edge: wire }).filter(({ possible }) => !possible)).not.toEqual(
    [],
  );
  expect(fittingsAt(lenet, checked, { kind: 'onWire', edge: 'gone' })).toEqual([]);
});
