import { expect, test } from 'vitest';
import { templateOf } from '../../templates/index.ts';
import { check } from '../check/check.ts';
import type { NetworkDocument } from '../graph/document.ts';
import type { Edit } from '../graph/edits.ts';
import { applyEdits } from '../graph/edits.ts';
import { fixAll } from './fixAll.ts';

const lenet = templateOf('lenet_modern')?.document as NetworkDocument;
const broken = (...edits: Edit[]): NetworkDocument => applyEdits(lenet, edits);

test('several mistakes at once are fixed, one after another', () => {
  const doc = broken(
    { kind: 'removeNodes', nodes: ['flatten'], heal: true },
    { kind: 'setConfig', node: 'conv1', key: 'groups', value: 4 },
    { kind: 'setConfig', node: 'fc3', key: 'outFeatures', value: 7 },
    { kind: 'renameNode', node: 'fc2', name: 'fc1' },
    { kind: 'disconnect', edges: ['conv2.y>act2.x'] },
  );
  expect(check(doc).graph).toBeNull();
  const { edits, fixes, after } = fixAll(doc);
  expect(fixes.length).toBeGreaterThanOrEqual(4);
  expect(after.diagnostics).toEqual([]);
  expect(check(applyEdits(doc, edits)).diagnostics).toEqual([]);
});

test('a network without mistakes is not changed', () => {
  expect(fixAll(lenet)).toMatchObject({ edits: [], fixes: [] });
});

test('fixing ends for an empty network and without problems', () => {
  const empty = { ...lenet, nodes: [], edges: [] };
  const { after } = fixAll(empty);
  expect(after.nodes.size).toBeGreaterThan(0);
  const half = broken({ kind: 'removeNodes', nodes: ['classes', 'digits', 'input', 'image'], heal: false });
  expect(fixAll(half).after.graph).not.toBeNull();
});

test('positions are part of the edits', () => {
  const doc = broken({ kind: 'removeNodes', nodes: ['flatten'], heal: true });
  const { edits } = fixAll(doc, (_, [edit, ...more]) =>
    edit?.kind === 'insertNode' ? [edit, ...more, { kind: 'move', positions: { [edit.node.id]: { x: 7, y: 8 } } }] : [],
  );
  const flatten = applyEdits(doc, edits).nodes.find(({ layer }) => layer === 'flatten');
  expect(flatten?.position).toEqual({ x: 7, y: 8 });
});
