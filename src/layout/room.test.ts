import { expect, test } from 'vitest';
import { templateOf } from '../../templates/index.ts';
import { newNode } from '../check/fixes.ts';
import { emptyDocument, type NetworkDocument } from '../graph/document.ts';
import { edgeId } from '../graph/edges.ts';
import { applyEdits, type Edit } from '../graph/edits.ts';
import { layerOf } from '../layers/index.ts';
import type { LayerDef } from '../layers/layer.ts';
import { CARD } from './card.ts';
import { lyingDown, overlaps } from './crowded.ts';
import { withRoom } from './room.ts';
import { cardSize } from './size.ts';

const layer = (type: string) => layerOf(type) as LayerDef;
const lenet = templateOf('lenet_modern')?.document as NetworkDocument;
const lying = lyingDown(lenet);

/** Distance of two cards' places. */
const apart = (doc: NetworkDocument, a: string, b: string): number => {
  const [p, q] = [a, b].map((id) => doc.nodes.find((node) => node.id === id)?.position ?? { x: NaN, y: NaN });
  return Math.hypot((p?.x ?? NaN) - (q?.x ?? NaN), (p?.y ?? NaN) - (q?.y ?? NaN));
};

/** Layers one behind the other on the edge, all wanted at the same place. */
function row(doc: NetworkDocument, edge: NetworkDocument['edges'][number], types: readonly string[]): Edit[] {
  const edits: Edit[] = [];
  let now = doc;
  let at = edge.id;
  for (const type of types) {
    const node = newNode(now, layer(type), { x: 0, y: 0 });
    const edit: Edit = { kind: 'insertNode', node, edge: at, input: 'x', output: 'y' };
    edits.push(edit);
    now = applyEdits(now, [edit]);
    at = edgeId({ node: node.id, port: 'y' }, edge.to);
  }
  return edits;
}

test.each(
  [lenet, lying].flatMap((doc) => doc.edges.map((edge) => [doc.direction, edge.id, doc, edge] as const)),
)('%s: three layers on %s lie on no card, and close to each other', (_direction, _id, doc, edge) => {
  const after = applyEdits(doc, withRoom(doc, row(doc, edge, ['flatten', 'batchNorm1d', 'tanh']), cardSize));
  expect(overlaps(after)).toEqual([]);
  const chain = [edge.from.node, ...after.nodes.slice(-3).map(({ id }) => id)];
  for (const [i, id] of chain.slice(1).entries()) expect(apart(after, chain[i] as string, id)).toBeLessThan(300);
});

const skip: NetworkDocument = applyEdits(emptyDocument, [
  ...['input', 'conv2d', 'relu', 'add'].map(
    (type, i): Edit => ({
      kind: 'addNode',
      node: { id: type, layer: type, name: type, config: {}, position: { x: 0, y: 110 * i } },
    }),
  ),
  { kind: 'connect', from: { node: 'input', port: 'y' }, to: { node: 'conv2d', port: 'x' } },
  { kind: 'connect', from: { node: 'conv2d', port: 'y' }, to: { node: 'relu', port: 'x' } },
  { kind: 'connect', from: { node: 'relu', port: 'y' }, to: { node: 'add', port: 'x0' } },
  { kind: 'connect', from: { node: 'input', port: 'y' }, to: { node: 'add', port: 'x1' } },
]);

test('a layer on a shortcut lies beside the bypassed layers', () => {
  const edge = skip.edges.find(({ to }) => to.port === 'x1');
  if (edge === undefined) throw new Error('no shortcut');
  const edits = withRoom(skip, row(skip, edge, ['conv2d']), cardSize);
  const after = applyEdits(skip, edits);
  const at = (id: string) => after.nodes.find((node) => node.id === id)?.position;
  for (const { id, position } of skip.nodes) expect(at(id)).toEqual(position);
  const placed = after.nodes.at(-1)?.position;
  expect(placed?.x).toBeGreaterThanOrEqual(CARD.width);
  expect(placed?.y).toBeGreaterThan(0);
  expect(placed?.y).toBeLessThan(330);
});

test('an added layer lies after its source, or before its target', () => {
  const node = newNode(lenet, layer('relu'), { x: 5000, y: 5000 });
  const behind: Edit[] = [
    { kind: 'addNode', node },
    { kind: 'connect', from: { node: 'act1', port: 'y' }, to: { node: node.id, port: 'x' } },
  ];
  const input = newNode(lenet, layer('input'), { x: 0, y: 0 });
  const before: Edit[] = [
    { kind: 'addNode', node: input },
    { kind: 'connect', from: { node: input.id, port: 'y' }, to: { node: 'conv2', port: 'x' } },
  ];
  for (const [edits, added, neighbor] of [
    [behind, node.id, 'act1'],
    [before, input.id, 'conv2'],
  ] as const) {
    const after = applyEdits(lenet, withRoom(lenet, edits, cardSize));
    expect(overlaps(after)).toEqual([]);
    expect(apart(after, added, neighbor)).toBeLessThan(300);
  }
});

test('an expanded block, larger than a card, gets room, too', () => {
  const sizeOf = ({ id }: { readonly id: string }) => (id === 'conv2' ? { width: 600, height: 500 } : CARD);
  const [first] = lenet.edges;
  if (first === undefined) throw new Error('no edge');
  const after = applyEdits(lenet, withRoom(lenet, row(lenet, first, ['tanh', 'tanh']), sizeOf));
  const areas = after.nodes.map((node) => ({ ...node.position, ...sizeOf(node), id: node.id }));
  const placed = areas.slice(-2);
  for (const a of placed) {
    const on = areas.filter(
      (b) =>
        a.id !== b.id && a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height,
    );
    expect(on).toEqual([]);
  }
});

test('inside a block of the document new layers find room, too', () => {
  const inner = (id: string, type: string, y: number) => ({
    id,
    layer: type,
    name: id,
    config: {},
    position: { x: 0, y },
  });
  const edge = { id: 'a.y>b.x', from: { node: 'a', port: 'y' }, to: { node: 'b', port: 'x' } };
  const doc: NetworkDocument = {
    ...emptyDocument,
    blocks: [
      {
        id: 'own',
        title: 'Own',
        nodes: [inner('a', 'relu', 0), inner('b', 'tanh', 110)],
        edges: [edge],
        inputs: [{ name: 'x', to: [{ node: 'a', port: 'x' }] }],
        outputs: [{ name: 'y', from: { node: 'b', port: 'y' } }],
        exposed: [],
      },
    ],
  };
  const node = newNode(emptyDocument, layer('sigmoid'), { x: 0, y: 100 });
  const edits: Edit[] = [
    { kind: 'editBlock', block: 'own', edits: [{ kind: 'insertNode', node, edge: edge.id, input: 'x', output: 'y' }] },
  ];
  const [block] = applyEdits(doc, withRoom(doc, edits, cardSize)).blocks;
  expect(block?.nodes.map(({ position }) => position.y)).toEqual([0, 220, 110]);
});
