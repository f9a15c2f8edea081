import { expect, test } from 'vitest';
import { check } from '../../../../src/check/check.ts';
import { type DocumentNode, type Edge, emptyDocument, type NetworkDocument } from '../../../../src/graph/document.ts';
import { type Detail, detailAt } from './detail.ts';
import { cardAt, edgeAt } from './hit.ts';
import { crosses, liveOf } from './live.ts';
import { encloses } from './rect.ts';
import { type SceneEdge, sceneOf } from './scene.ts';
import { drawnIn, type View, visibleArea } from './view.ts';

/** A column of activations: `n0` to the last. */
function column(count: number): NetworkDocument {
  const nodes = Array.from(
    { length: count },
    (_, index): DocumentNode => ({
      id: `n${index}`,
      layer: 'relu',
      name: `n${index}`,
      config: {},
      position: { x: 0, y: index * 110 },
    }),
  );
  const edges = nodes.slice(1).map(({ id }, index): Edge => {
    const from = { node: `n${index}`, port: 'y' };
    return { id: `n${index}>${id}`, from, to: { node: id, port: 'x' } };
  });
  return { ...emptyDocument, nodes, edges };
}

const document = column(200);
const long: Edge = { id: 'long', from: { node: 'n0', port: 'y' }, to: { node: 'n199', port: 'x' } };
const checked = check(document);
const scene = sceneOf(document, checked, null);
const none = { nodes: [], edges: [] };
const idle = { cards: [], pointed: null, edge: null };
const view = (change: Partial<View> = {}): View => ({ x: 0, y: 0, zoom: 1, width: 800, height: 600, ...change });
const ids = (items: readonly { readonly node: { readonly id: string } }[]) => items.map(({ node }) => node.id);

test.each<[zoom: number, seen: number, before: Detail, detail: Detail]>([
  [1, 20, 'card', 'card'],
  [0.5, 20, 'card', 'card'],
  [0.49, 20, 'card', 'name'],
  [0.25, 20, 'card', 'name'],
  [0.24, 20, 'card', 'bar'],
  // The number of cards that a 4K window shows at half size is painted until clearly fewer are visible.
  [0.6, 500, 'card', 'name'],
  [0.6, 380, 'card', 'card'],
  [0.6, 380, 'name', 'name'],
  [0.6, 300, 'name', 'card'],
])('at %f with %i cards in view, after %s: %s', (zoom, seen, before, detail) => {
  expect(detailAt(zoom, seen, before)).toBe(detail);
});

test('panning within the region changes nothing, leaving it does', () => {
  const first = drawnIn(view(), scene, null);
  expect(drawnIn(view({ y: -130 }), scene, first)).toBe(first);
  const further = drawnIn(view({ y: -250 }), scene, first);
  expect(further).not.toBe(first);
  expect(encloses(further.region, visibleArea(view({ y: -250 })))).toBe(true);
});

test('zooming in far replaces the region by a smaller one', () => {
  const first = drawnIn(view(), scene, null);
  expect(drawnIn(view({ zoom: 1.2 }), scene, first)).toBe(first);
  const closer = drawnIn(view({ zoom: 2.5 }), scene, first);
  expect(closer.region.width).toBeLessThan(first.region.width / 2);
});

test('many cards are created after the zoom has settled, few while it changes', () => {
  const wide = {
    ...document,
    nodes: document.nodes.map((node, at) => ({
      ...node,
      position: { x: (at % 14) * 200, y: Math.floor(at / 14) * 110 },
    })),
  };
  const dense = sceneOf(wide, checked, null);
  const near = drawnIn(view(), dense, null);
  expect(near.detail).toBe('card');
  const passing = drawnIn(view({ zoom: 0.5 }), dense, near, true);
  expect(passing.detail).toBe('name');
  expect(drawnIn(view({ zoom: 0.55 }), dense, passing, true).detail).toBe('name');
  expect(drawnIn(view({ zoom: 0.55 }), dense, passing).detail).toBe('card');
  expect(drawnIn(view({ zoom: 0.9 }), dense, near, true).detail).toBe('card');
});

test('at a high zoom, the cards in the region and their connections are rendered', () => {
  const drawn = drawnIn(view({ y: -5500 }), scene, null);
  const { cards, edges } = liveOf(scene, drawn, none, idle);
  expect(ids(cards)).toEqual(['n48', 'n49', 'n50', 'n51', 'n52', 'n53', 'n54', 'n55', 'n56', 'n57']);
  const known = new Set(ids(cards));
  expect(edges.length).toBeGreaterThanOrEqual(9);
  expect(edges.every(({ edge }) => known.has(edge.from.node) && known.has(edge.to.node))).toBe(true);
});

test('a connection that crosses the region is rendered with its ends', () => {
  const aside = document.nodes.map((node) =>
    node.id === 'n199' ? { ...node, position: { x: 2000, y: 21890 } } : node,
  );
  const passing = { ...document, nodes: aside, edges: [...document.edges, long] };
  const withLong = sceneOf(passing, check(passing), null);
  const edge = withLong.edges.get('long') as SceneEdge;
  // The edge runs down beside the column, crosses it in the middle and continues down.
  expect(crosses(edge, { x: 2040, y: 15000, width: 100, height: 100 })).toBe(true);
  expect(crosses(edge, { x: 1000, y: 15000, width: 100, height: 100 })).toBe(false);
  const near = drawnIn(view({ x: -1800, y: -15000 }), withLong, null);
  const { cards, edges } = liveOf(withLong, near, none, idle);
  expect(edges).toContain(edge);
  expect(ids(cards)).toEqual(['n0', 'n199']);
});

test('at a low zoom, only items in use and part of a large selection are rendered', () => {
  const far = drawnIn(view({ zoom: 0.1 }), scene, null);
  expect(liveOf(scene, far, none, idle)).toEqual({ cards: [], edges: [] });
  // The edge under the pointer is not rendered, so that a drag on it pans the canvas.
  const used = { cards: ['n7'], pointed: 'n7', edge: 'n5>n6' };
  const { cards, edges } = liveOf(scene, far, { nodes: ['n90'], edges: ['n3>n4'] }, used);
  expect(ids(cards)).toEqual(['n3', 'n4', 'n7', 'n90']);
  expect(edges.map(({ edge }) => edge.id)).toEqual(['n3>n4']);
  const every = { nodes: document.nodes.map(({ id }) => id), edges: [] };
  expect(liveOf(scene, far, every, idle).cards).toHaveLength(40);
});

test('a small network is rendered as elements at any zoom', () => {
  const small = sceneOf(column(40), check(column(40)), null);
  expect(liveOf(small, drawnIn(view({ zoom: 0.1 }), small, null), none, idle).cards).toHaveLength(40);
});

test('a point hits the card on top, otherwise the nearest connection within reach', () => {
  expect(cardAt(scene, { x: 88, y: 34 })).toBe('n0');
  expect(cardAt(scene, { x: 88, y: 90 })).toBeNull();
  const stacked = { ...document, nodes: document.nodes.map((node) => ({ ...node, position: { x: 0, y: 0 } })) };
  expect(cardAt(sceneOf(stacked, checked, null), { x: 10, y: 10 })).toBe('n199');
  expect(edgeAt(scene, { x: 92, y: 90 }, 6)).toBe('n0>n1');
  expect(edgeAt(scene, { x: 99, y: 90 }, 6)).toBeNull();
});
