import { expect, test } from 'vitest';
import { check } from '../../../../src/check/check.ts';
import { type DocumentNode, emptyDocument, type NetworkDocument } from '../../../../src/graph/document.ts';
import { applyEdits } from '../../../../src/graph/edits.ts';
import { layerOf } from '../../../../src/layers/index.ts';
import type { LayerDef } from '../../../../src/layers/layer.ts';
import { turned } from '../../../../src/layout/card.ts';
import { lyingDown, overlaps } from '../../../../src/layout/crowded.ts';
import { cardSize } from '../../../../src/layout/size.ts';
import { templateOf } from '../../../../templates/index.ts';
import { place, placeAfter, placeOnEdge } from './placement.ts';

const lenet = templateOf('lenet_modern')?.document as NetworkDocument;
const layer = (type: string) => layerOf(type) as LayerDef;
const middle = { x: 1000, y: 1000 };

const lying = lyingDown(lenet);

test.each(
  [lenet, lying].flatMap((document) =>
    document.edges.map((edge) => [document.direction, edge.id, document, edge] as const),
  ),
)('%s: a layer on the connection %s finds room', (_direction, _id, document, edge) => {
  const placed = placeOnEdge(document, layer('tanh'), edge, cardSize);
  const doc = applyEdits(document, placed?.edits ?? []);
  expect(overlaps(doc)).toEqual([]);
  expect(check(doc).graph).not.toBeNull();
  expect(doc.edges.filter(({ to }) => to.node === placed?.node)).toHaveLength(1);
});

test('a layer without both an input and an output is not inserted into a connection', () => {
  const [edge] = lenet.edges;
  expect(edge && placeOnEdge(lenet, layer('input'), edge, cardSize)).toBeNull();
});

test('layers added one after another form a network', () => {
  for (const direction of ['down', 'right'] as const) {
    let doc: NetworkDocument = { ...emptyDocument, direction };
    for (const type of ['input', 'conv2d', 'relu', 'flatten', 'linear', 'classifier']) {
      const { edits, node } = placeAfter(doc, layer(type), doc.nodes.at(-1)?.id, middle, cardSize);
      doc = applyEdits(doc, edits);
      expect(doc.nodes.at(-1)?.id).toBe(node);
    }
    expect(doc.edges).toHaveLength(5);
    expect(overlaps(doc)).toEqual([]);
    const places = doc.nodes.map(({ position }) => turned(direction, position));
    expect(new Set(places.map(({ x }) => x)).size).toBe(1);
    expect(places.map(({ y }) => y)).toEqual(places.map(({ y }) => y).toSorted((a, b) => a - b));
  }
});

test('without a selection a layer is added at the unconnected output, or centered if there is none', () => {
  const cut = applyEdits(lenet, [{ kind: 'removeNodes', nodes: ['classes'], heal: false }]);
  const ended = applyEdits(cut, placeAfter(cut, layer('classifier'), undefined, middle, cardSize).edits);
  expect(ended.edges.at(-1)?.from.node).toBe('fc3');
  const { edits } = place(lenet, layer('relu'), middle, cardSize);
  expect(applyEdits(lenet, edits).nodes.at(-1)?.position).toEqual({ x: 912, y: 966 });
});

test('an unconnected layer overlaps no other', () => {
  for (const direction of ['down', 'right'] as const) {
    const doc = { ...lenet, direction };
    const { position } = doc.nodes[2] as DocumentNode;
    const { edits } = place(doc, layer('relu'), { x: position.x + 60, y: position.y + 40 }, cardSize);
    expect(overlaps(applyEdits(doc, edits)).length).toBe(overlaps(doc).length);
  }
});
