import { expect, test } from 'vitest';
import { check } from '../../src/check/check.ts';
import type { NetworkDocument } from '../../src/graph/document.ts';
import { applyEdits, type Edit } from '../../src/graph/edits.ts';
import { templateOf } from '../../templates/index.ts';
import { toFlow } from './toFlow.ts';

const lenet = templateOf('lenet_modern')?.document as NetworkDocument;
const none = { nodes: [], edges: [] };
const flow = (doc: NetworkDocument, before: ReturnType<typeof toFlow> | null = null) =>
  toFlow(doc, check(doc), none, 'en', before);
const set = (node: string, key: string, value: number | number[]): Edit => ({ kind: 'setConfig', node, key, value });

test('a card shows kind, config, shape and parameters', () => {
  const conv2 = flow(lenet).nodes.find(({ id }) => id === 'conv2');
  expect(conv2).toMatchObject({
    ariaLabel: 'Conv2d conv2',
    data: { name: 'conv2', summary: { en: '5×5 · 16 filters' }, shape: '16×10×10', params: 2416, severity: null },
  });
});

test('every wire shows the shape in it', () => {
  expect(flow(lenet).edges.map(({ data }) => data?.shape)).not.toContain('?');
});

test('what has not changed is the same object', () => {
  const before = flow(lenet);
  const after = flow(applyEdits(lenet, [set('conv1', 'outChannels', 8)]), before);
  const changed = after.nodes.filter((node, index) => node !== before.nodes[index]).map(({ id }) => id);
  // conv1 and what its channels reach; from conv2 on nothing but conv2's own weights.
  expect(changed).toEqual(['conv1', 'act1', 'pool1', 'conv2']);
  expect(flow(lenet, before).nodes.every((node, index) => node === before.nodes[index])).toBe(true);
});

test('selection and position alone keep the data', () => {
  const before = flow(lenet);
  const doc = applyEdits(lenet, [{ kind: 'move', positions: { conv1: { x: 5, y: 5 } } }]);
  const after = toFlow(doc, check(doc), { nodes: ['conv1'], edges: [] }, 'en', before);
  const [old, now] = [before, after].map(({ nodes }) => nodes.find(({ id }) => id === 'conv1'));
  expect(now).toMatchObject({ selected: true, position: { x: 5, y: 5 } });
  expect(now?.data).toBe(old?.data);
});

test('an error marks its card and the wire it is about; what follows is unknown', () => {
  const { nodes, edges } = flow(applyEdits(lenet, [set('conv2', 'kernelSize', [30, 30])]));
  expect(nodes.filter(({ data }) => data.severity === 'error').map(({ id }) => id)).toEqual(['conv2']);
  expect(edges.find(({ target }) => target === 'conv2')?.data).toEqual({ shape: '6×14×14', severity: 'error' });
  expect(edges.find(({ source }) => source === 'conv2')?.data?.shape).toBe('?');
});

test('a layer of an unknown kind is drawn with the ports that its wires need', () => {
  const doc = { ...lenet, nodes: lenet.nodes.map((node) => (node.id === 'act1' ? { ...node, layer: 'warp' } : node)) };
  expect(flow(doc).nodes.find(({ id }) => id === 'act1')?.data).toMatchObject({
    category: 'unknown',
    kind: { en: 'warp' },
    inputs: ['x'],
    outputs: ['y'],
  });
});
