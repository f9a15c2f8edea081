import { expect, test } from 'vitest';
import { check } from '../../../../src/check/check.ts';
import type { NetworkDocument } from '../../../../src/graph/document.ts';
import { applyEdits, type Edit } from '../../../../src/graph/edits.ts';
import { templateOf } from '../../../../templates/index.ts';
import { liveOf } from './live.ts';
import { type Scene, sceneOf } from './scene.ts';
import { type Flow, toFlow } from './toFlow.ts';

const lenet = templateOf('lenet_modern')?.document as NetworkDocument;
const none = { nodes: [], edges: [] };
const idle = { cards: [], pointed: null, edge: null };
const all = { detail: 'card', region: { x: 0, y: 0, width: 0, height: 0 }, labels: true } as const;
const scene = (doc: NetworkDocument, before: Scene | null = null) => sceneOf(doc, check(doc), before);
const flow = (from: Scene, selection = none as { nodes: string[]; edges: string[] }, before: Flow | null = null) =>
  toFlow(from, liveOf(from, all, selection, idle), selection, 'en', before);
const set = (node: string, key: string, value: number | number[]): Edit => ({ kind: 'setConfig', node, key, value });
const ids = <T extends { readonly id: string }>(items: readonly T[]) => items.map(({ id }) => id);
const changed = <T extends { readonly id: string }>(before: readonly T[], after: readonly T[]) =>
  ids(after.filter((item) => !before.includes(item)));

test('a card shows kind, config, shape and parameters', () => {
  const conv2 = flow(scene(lenet)).nodes.find(({ id }) => id === 'conv2');
  expect(conv2).toMatchObject({
    ariaLabel: 'Conv2d conv2',
    data: { name: 'conv2', summary: { en: '5×5 · 16 channels' }, shape: '16×10×10', params: 2416, severity: null },
  });
});

test('every connection shows its shape and size', () => {
  const { edges } = scene(lenet);
  expect([...edges.values()].map(({ content }) => content.shape)).not.toContain('?');
  expect(edges.get('conv1.y>act1.x')?.content).toMatchObject({ shape: '6×28×28', size: 6 * 28 * 28 });
});

test('moving a node creates new objects for it and its connections only', () => {
  const first = scene(lenet);
  const before = flow(first);
  const doc = applyEdits(lenet, [{ kind: 'move', positions: { conv1: { x: 6, y: 112 } } }]);
  const second = sceneOf(doc, first.check, first);
  const after = flow(second, none, before);
  expect(changed(before.nodes, after.nodes)).toEqual(['conv1']);
  expect(changed(before.edges, after.edges)).toEqual(['input.y>conv1.x', 'conv1.y>act1.x']);
  expect(second.cards.get('conv1')?.content).toBe(first.cards.get('conv1')?.content);
});

test('during a drag the connections of other cards keep their routes; they are routed again at its end', () => {
  const first = scene(lenet);
  const positions = { conv1: { x: 246, y: 200 } };
  const doc = applyEdits(lenet, [{ kind: 'move', positions }]);
  const during = sceneOf(doc, first.check, first, true);
  expect(during.still).toBe(first.still);
  const own = (id: string) => id.includes('conv1');
  for (const [id, edge] of during.edges) expect(edge === first.edges.get(id)).toBe(!own(id));
  const after = sceneOf(doc, first.check, during);
  expect(after.edges.size).toBe(first.edges.size);
  for (const [id, { path }] of after.edges) expect(path).toBe(scene(doc).edges.get(id)?.path);
});

test('unchanged results of a new check are the same objects', () => {
  const first = scene(lenet);
  const before = flow(first);
  const edited = scene(applyEdits(lenet, [set('conv1', 'outChannels', 8)]), first);
  // conv1 and what its channels reach; from conv2 on nothing but conv2's own weights.
  expect(changed(before.nodes, flow(edited, none, before).nodes)).toEqual(['conv1', 'act1', 'pool1', 'conv2']);
});

test('selecting keeps the data, and marks the connections of a card', () => {
  const first = scene(lenet);
  const before = flow(first);
  const after = flow(first, { nodes: ['conv1'], edges: [] }, before);
  expect(changed(before.nodes, after.nodes)).toEqual(['conv1']);
  expect(after.nodes.find(({ id }) => id === 'conv1')?.data).toBe(before.nodes.find(({ id }) => id === 'conv1')?.data);
  expect(ids(after.edges.filter(({ data }) => data?.near))).toEqual(['input.y>conv1.x', 'conv1.y>act1.x']);
});

test('an error marks its card and the connection it is about; what follows is unknown', () => {
  const { cards, edges } = scene(applyEdits(lenet, [set('conv2', 'kernelSize', [30, 30])]));
  const wrong = [...cards.values()].filter(({ content }) => content.severity === 'error');
  expect(wrong.map(({ node }) => node.id)).toEqual(['conv2']);
  const into = [...edges.values()].find(({ edge }) => edge.to.node === 'conv2')?.content;
  expect(into).toMatchObject({ shape: '6×14×14', severity: 'error' });
  expect(into?.messages[0]?.en).toContain('conv2');
  expect([...edges.values()].find(({ edge }) => edge.from.node === 'conv2')?.content.shape).toBe('?');
});

test('a layer of an unknown kind is drawn with the ports that its connections need', () => {
  const doc = { ...lenet, nodes: lenet.nodes.map((node) => (node.id === 'act1' ? { ...node, layer: 'warp' } : node)) };
  const first = scene(doc);
  const card = (from: Scene) => from.cards.get('act1')?.content;
  expect(card(first)).toMatchObject({ category: 'unknown', kind: { en: 'warp' }, inputs: ['x'], outputs: ['y'] });
  const cut = applyEdits(doc, [{ kind: 'disconnect', edges: ['act1.y>pool1.x'] }]);
  expect(card(sceneOf(cut, first.check, first))).toMatchObject({ inputs: ['x'], outputs: [] });
});

test('connections avoid cards', () => {
  const first = scene(lenet);
  // Into the way from the end of the first column to the start of the second.
  const doc = applyEdits(lenet, [{ kind: 'move', positions: { classes: { x: 130, y: 230 } } }]);
  const bends = [first, sceneOf(doc, first.check, first)].map(
    ({ routes }) => routes.edges.get('pool1.y>conv2.x')?.bend,
  );
  expect(bends[0]).toEqual({ lane: 213 });
  expect(bends[1]).not.toEqual(bends[0]);
  expect(sceneOf(lenet, first.check, sceneOf(doc, first.check, first)).routes).toEqual(first.routes);
});
