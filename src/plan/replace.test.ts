import { expect, test } from 'vitest';
import { templateOf } from '../../templates/index.ts';
import { check } from '../check/check.ts';
import type { NetworkDocument } from '../graph/document.ts';
import { applyEdits, type Edit } from '../graph/edits.ts';
import { type Offer, offerOf } from '../layers/presets.ts';
import { replacement } from './replace.ts';

const lenet = templateOf('lenet_modern')?.document as NetworkDocument;

function replaced(id: string, type: string, before: readonly Edit[] = []) {
  const doc = applyEdits(lenet, before);
  const node = doc.nodes.find((candidate) => candidate.id === id) as NetworkDocument['nodes'][number];
  const after = applyEdits(doc, [replacement(doc, node, offerOf(type) as Offer)]);
  return { after, node: after.nodes.find((candidate) => candidate.id === id) };
}
const edges = (doc: NetworkDocument) => doc.edges.map(({ id }) => id);

test('a replaced layer keeps its id, position and connections', () => {
  const { after, node } = replaced('pool1', 'avgPool2d');
  expect(node).toMatchObject({ id: 'pool1', layer: 'avgPool2d', position: lenet.nodes[3]?.position });
  expect(edges(after)).toEqual(edges(lenet));
  expect(check(after).diagnostics).toEqual([]);
});

test('common config is kept; values that are not allowed become the default', () => {
  expect(replaced('conv1', 'convTranspose2d').node?.config).toMatchObject({ outChannels: 6, kernelSize: [5, 5] });
  const same: Edit = { kind: 'setConfig', node: 'conv1', key: 'padding', value: 'same' };
  const { node } = replaced('conv1', 'maxPool2d', [same]);
  expect(node?.config).toMatchObject({ kernelSize: [5, 5], padding: [0, 0] });
  expect(node?.config).not.toHaveProperty('outChannels');
});

test.each([
  ['fc1', 'conv2d', [], 'conv3'],
  ['conv2', 'linear', [], 'fc4'],
  ['pool1', 'avgPool2d', [], 'pool1'],
  ['act1', 'tanh', [], 'act1'],
  ['fc1', 'conv2d', [{ kind: 'renameNode', node: 'fc1', name: 'fc1-wide' }], 'fc1-wide'],
] as const)('the replacement of %s with %s is named', (id, type, edits, name) => {
  expect(replaced(id, type, edits).node?.name).toBe(name);
});

test('connections at ports that the new layer lacks are removed', () => {
  expect(replaced('fc3', 'classifier').after.edges.some(({ from }) => from.node === 'fc3')).toBe(false);
  const { after } = replaced('act1', 'add');
  expect(after.edges.filter(({ to }) => to.node === 'act1').map(({ to }) => to.port)).toEqual(['x0']);
  expect(after.edges.some(({ from }) => from.node === 'act1')).toBe(true);
});

test('only layers with parameters stay frozen', () => {
  const freeze: Edit = { kind: 'setFrozen', node: 'conv2', frozen: true };
  expect(replaced('conv2', 'convTranspose2d', [freeze]).node?.frozen).toBe(true);
  expect(replaced('conv2', 'relu', [freeze]).node).not.toHaveProperty('frozen');
});
