import { expect, test } from 'vitest';
import { check } from '../../../../src/check/check.ts';
import { type Config, emptyDocument, type NetworkDocument } from '../../../../src/graph/document.ts';
import { applyEdits } from '../../../../src/graph/edits.ts';
import { type Offer, offerOf } from '../../../../src/layers/presets.ts';
import { areaAt, CARD } from '../../../../src/layout/card.ts';
import { templateOf } from '../../../../templates/index.ts';
import { overlap } from '../scene/rect.ts';
import { keyboardOrder } from '../scene/walk.ts';
import { fittingsAt, placedAt } from './adding.ts';
import type { Place } from './gesture.ts';
import { quickFound } from './quickFound.ts';

const lenet = templateOf('lenet_modern')?.document as NetworkDocument;
const checked = check(lenet);
const point = { x: 1500, y: 300 };
const added = (type: string, place: Place) => {
  const placed = placedAt(lenet, checked, offerOf(type) as Offer, place, point);
  return { placed, doc: applyEdits(lenet, placed?.edits ?? []) };
};
const edge = lenet.edges.find(({ to }) => to.node === 'pool1')?.id ?? '';

test.each<[Place['kind'], string, Place, string[]]>([
  ['anywhere', 'relu', { kind: 'anywhere' }, []],
  ['behind', 'relu', { kind: 'behind', from: { node: 'conv1', port: 'y' } }, ['conv1.y>relu.x']],
  ['before', 'relu', { kind: 'before', to: { node: 'conv2', port: 'x' } }, ['relu.y>conv2.x']],
  ['onEdge', 'relu', { kind: 'onEdge', edge: edge }, ['act1.y>relu.x', 'relu.y>pool1.x']],
  ['after', 'relu', { kind: 'after', node: 'act1' }, ['act1.y>relu.x', 'relu.y>pool1.x']],
  ['inPlaceOf', 'tanh', { kind: 'inPlaceOf', node: 'act1' }, ['conv1.y>act1.x', 'act1.y>pool1.x']],
])('%s: a layer is added with these connections', (_, type, place, edges) => {
  const { placed, doc } = added(type, place);
  expect(doc.nodes.find(({ id }) => id === placed?.node)?.layer).toBe(type);
  const touching = doc.edges.filter(({ from, to }) => from.node === placed?.node || to.node === placed?.node);
  expect(touching.map(({ id }) => id).sort()).toEqual(edges.sort());
});

test('a new layer has its port where the connection was dropped', () => {
  const at = (place: Place) => added('relu', place).doc.nodes.at(-1)?.position;
  expect(at({ kind: 'behind', from: { node: 'conv1', port: 'y' } })).toEqual({ x: 1412, y: 300 });
  expect(at({ kind: 'before', to: { node: 'conv2', port: 'x' } })).toEqual({ x: 1412, y: 232 });
  expect(at({ kind: 'anywhere' })).toEqual({ x: 1412, y: 266 });
});

test('a preset behind an output gets the config that fits there', () => {
  const { doc } = added('depthwiseConv', { kind: 'behind', from: { node: 'conv1', port: 'y' } });
  expect(doc.nodes.at(-1)?.config).toMatchObject({ groups: 6, outChannels: 6 });
});

test('a layer that cannot connect there is not added', () => {
  expect(added('input', { kind: 'onEdge', edge: edge }).placed).toBeNull();
  expect(fittingsAt(lenet, checked, { kind: 'onEdge', edge: edge }).filter(({ possible }) => !possible)).not.toEqual(
    [],
  );
  expect(fittingsAt(lenet, checked, { kind: 'onEdge', edge: 'gone' })).toEqual([]);
});

/** A chain of layers, each on the first input of the next. */
function chain(...nodes: readonly [layer: string, config: Config][]): NetworkDocument {
  const named = nodes.map(([layer, config], index) => ({
    id: `n${index}`,
    name: `n${index}`,
    layer,
    config,
    position: { x: 0, y: index * 110 },
  }));
  return applyEdits(emptyDocument, [
    ...named.map((node) => ({ kind: 'addNode', node }) as const),
    ...named.slice(1).map(({ id }, index) => {
      return { kind: 'connect', from: { node: `n${index}`, port: 'y' }, to: { node: id, port: 'x' } } as const;
    }),
  ]);
}

const image: [string, Config] = ['input', { shape: [1, 28, 28] }];
const vector: [string, Config] = ['input', { shape: [784] }];
const units: [string, Config] = ['linear', { outFeatures: 64 }];
const relu: [string, Config] = ['relu', {}];
const flatten: [string, Config] = ['flatten', {}];
const after = (node: string): Place => ({ kind: 'after', node });

/** A drawing, a place in it, what is typed, and the layers that Enter adds, in the order of the data. */
test.each<[string, NetworkDocument, Place, string, string[]]>([
  ['Linear behind an image', chain(image), after('n0'), 'linear', ['flatten', 'linear']],
  ['in Chinese', chain(image), after('n0'), '全连接层', ['flatten', 'linear']],
  ['by a part of the name', chain(image), after('n0'), 'lin', ['flatten', 'linear']],
  ['Linear behind a vector', chain(vector), after('n0'), 'linear', ['linear']],
  ['Classifier behind 64 units', chain(vector, units), after('n1'), 'classifier', ['linear', 'classifier']],
  ['by a part of the name', chain(vector, units), after('n1'), 'class', ['linear', 'classifier']],
  ['Classifier behind an image', chain(image), after('n0'), 'classifier', ['flatten', 'linear', 'classifier']],
  [
    'Classifier behind ten values',
    chain(vector, ['linear', { outFeatures: 10 }]),
    after('n1'),
    'classifier',
    ['classifier'],
  ],
  [
    'Linear dropped from a port',
    chain(image),
    { kind: 'behind', from: { node: 'n0', port: 'y' } },
    'linear',
    ['flatten', 'linear'],
  ],
  [
    'Linear between an image and a Flatten',
    chain(image, flatten),
    { kind: 'onEdge', edge: 'n0.y>n1.x' },
    'linear',
    ['flatten', 'linear'],
  ],
  ['Linear in place of a ReLU', chain(image, relu), { kind: 'inPlaceOf', node: 'n1' }, 'linear', ['flatten', 'linear']],
  ['Conv2d behind a vector', chain(vector), after('n0'), 'conv2d', ['reshape', 'conv2d']],
  ['an Input beside the selected layer', chain(image), after('n0'), 'input', ['input']],
  ['Dropout where nothing is', chain(), { kind: 'anywhere' }, 'dropout', ['dropout']],
])('quick add: %s', (_, doc, place, query, layers) => {
  const checked = check(doc);
  const { named, fitting, others } = quickFound(fittingsAt(doc, checked, place), query);
  const [first] = [...named, ...fitting, ...others];
  const where: Place = first?.possible ? place : { kind: 'anywhere' };
  const placed = first && placedAt(doc, checked, first, where, point);
  const done = applyEdits(doc, placed?.edits ?? []);
  const before = new Set(doc.nodes.filter(({ id }) => id !== placed?.node).map(({ id }) => id));
  const fresh = keyboardOrder(done)
    .filter((id) => !before.has(id))
    .map((id) => done.nodes.find((node) => node.id === id)?.layer);
  expect(fresh).toEqual(layers);
  // No card lies on another.
  const places = done.nodes.map(({ position }) => areaAt(position, CARD));
  expect(places.filter((a, i) => places.some((b, j) => j < i && overlap(a, b)))).toEqual([]);
  // A layer fits that brings other layers with it.
  const wrong = check(done)
    .nodes.get(placed?.node ?? '')
    ?.diagnostics.filter(({ severity }) => severity === 'error');
  if (layers.length > 1) expect(wrong).toEqual([]);
});
