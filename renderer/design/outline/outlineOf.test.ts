import { expect, test } from 'vitest';
import { check } from '../../../src/check/check.ts';
import type { NetworkDocument } from '../../../src/graph/document.ts';
import { applyEdits } from '../../../src/graph/edits.ts';
import { templateOf } from '../../../templates/index.ts';
import { outlineOf } from './outlineOf.ts';

const lenet = templateOf('lenet_modern')?.document as NetworkDocument;
const outline = (doc: NetworkDocument) => outlineOf(doc, doc.edges, check(doc));

test('layers are in data order, whatever the order in the document', () => {
  const names = outline({ ...lenet, nodes: lenet.nodes.toReversed() }).map(({ name }) => name);
  expect(names.slice(0, 4)).toEqual(['input', 'conv1', 'act1', 'pool1']);
});

test('each row has kind, sources, output shape and problems', () => {
  const broken = applyEdits(lenet, [
    { kind: 'setConfig', node: 'conv2', key: 'kernelSize', value: [90, 90] },
    { kind: 'connect', from: { node: 'fc3', port: 'y' }, to: { node: 'fc1', port: 'x' } },
  ]);
  const byName = new Map(outline(broken).map((item) => [item.name, item]));
  expect(byName.get('conv1')).toMatchObject({ from: ['input'], shape: '6×28×28', params: 156, problems: 0 });
  expect(byName.get('conv2')).toMatchObject({ shape: '', problems: 1 });
  // Layers on a cycle come last.
  expect(outline(broken).at(-1)?.from).not.toEqual([]);
  expect(outline(broken)).toHaveLength(lenet.nodes.length);
  expect(outline(lenet).at(-1)).toMatchObject({ name: 'classes', shape: '10' });
});
