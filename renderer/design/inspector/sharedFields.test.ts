import { expect, test } from 'vitest';
import type { DocumentNode, NetworkDocument } from '../../../src/graph/document.ts';
import { templateOf } from '../../../templates/index.ts';
import { createDocumentStore } from '../../state/stores/documentStore.ts';
import { differs, resetAll, setAll, sharedFields, sharedValue } from './sharedFields.ts';

const lenet = templateOf('lenet_modern')?.document as NetworkDocument;
const nodes = (document: NetworkDocument, ...ids: string[]): DocumentNode[] =>
  ids.map((id) => document.nodes.find((node) => node.id === id) as DocumentNode);
const keys = (...ids: string[]) => sharedFields(lenet, nodes(lenet, ...ids)).map(([key]) => key);

test('fields are shared if all layers have them with the same key and kind', () => {
  expect(keys('conv1')).toEqual([
    'outChannels',
    'kernelSize',
    'stride',
    'padding',
    'dilation',
    'groups',
    'bias',
    'weightInit',
  ]);
  expect(keys('conv1', 'fc1')).toEqual(['bias', 'weightInit']);
  // The padding of a convolution can be "same", that of a pool cannot.
  expect(keys('conv1', 'pool1')).toEqual(['kernelSize', 'stride', 'dilation']);
  expect(keys('conv1', 'act1')).toEqual([]);
});

test('a shared field allows the values that all layers allow, and has their label', () => {
  const fields = Object.fromEntries(sharedFields(lenet, nodes(lenet, 'conv1', 'pool1')));
  expect(fields.kernelSize).toMatchObject({ label: { en: 'Kernel / Window', zh: '卷积核 / 窗口' }, min: 1, max: 512 });
  expect(fields.stride).toMatchObject({ label: { en: 'Stride', zh: '步幅' } });
});

test('values that differ are mixed', () => {
  expect(sharedValue(lenet, nodes(lenet, 'conv1', 'conv2'), 'outChannels')).toBeUndefined();
  expect(sharedValue(lenet, nodes(lenet, 'conv1', 'conv2'), 'kernelSize')).toEqual([5, 5]);
});

test('a field that another value disables is not shown', () => {
  const regression = (loss: string): DocumentNode => ({
    id: 'r',
    layer: 'regression',
    name: 'r',
    config: { loss },
    position: { x: 0, y: 0 },
  });
  const shown = (...losses: string[]) => sharedFields(lenet, losses.map(regression)).map(([key]) => key);
  expect(shown('mse')).toEqual(['loss', 'lossWeight']);
  expect(shown('huber')).toEqual(['loss', 'threshold', 'lossWeight']);
  expect(shown('mse', 'huber')).toEqual(['loss', 'threshold', 'lossWeight']);
});

test('an edit of several layers is one undo step, and so is their reset', () => {
  const store = createDocumentStore(lenet);
  const selected = () => nodes(store.getState().document, 'conv1', 'conv2');
  for (const value of [3, 32, 320]) store.getState().transient(setAll(selected(), 'outChannels', value));
  store.getState().commit();
  expect(sharedValue(lenet, selected(), 'outChannels')).toBe(320);
  expect(differs(lenet, selected(), 'outChannels')).toBe(true);
  store.getState().edit(resetAll(lenet, selected(), ['outChannels', 'kernelSize']));
  expect(selected().map(({ config }) => [config.outChannels, config.kernelSize])).toEqual([
    [16, [3, 3]],
    [16, [3, 3]],
  ]);
  store.getState().undo();
  expect(sharedValue(lenet, selected(), 'outChannels')).toBe(320);
  store.getState().undo();
  expect(store.getState().document).toBe(lenet);
});
