import { expect, it } from 'vitest';
import { bringBlocks } from './blockCopies.ts';
import { readSharedBlock, sharedBlock, writeSharedBlock } from './blockFile.ts';
import { clipOf, paste, readClip, writeClip } from './clip.ts';
import { type DocumentNode, emptyDocument, type NetworkDocument, type OperatorDefinition } from './document.ts';
import { applyEdits } from './edits.ts';

const operator = (id: string, model: string): OperatorDefinition => ({
  id,
  title: 'Relu',
  model,
  inputs: [],
  outputs: [],
  weights: [],
});
const node = (id: string, layer: string): DocumentNode => ({
  id,
  name: id,
  layer,
  config: {},
  position: { x: 0, y: 0 },
});

const document: NetworkDocument = {
  ...emptyDocument,
  nodes: [node('a', 'onnx:one'), node('b', 'block:b1')],
  blocks: [{ id: 'b1', title: 'b1', nodes: [node('c', 'onnx:two')], edges: [], inputs: [], outputs: [], exposed: [] }],
  operators: [operator('one', 'AAAA'), operator('two', 'BBBB'), operator('unused', 'CCCC')],
};

const pasted = (into: NetworkDocument, ids: readonly string[]): NetworkDocument =>
  applyEdits(into, paste(into, readClip(writeClip(clipOf(document, ids))), { x: 0, y: 0 }, false).edits);

it('copied layers bring their operators along, also those in blocks', () => {
  expect(pasted(emptyDocument, ['a']).operators).toEqual([operator('one', 'AAAA')]);
  expect(pasted(emptyDocument, ['b']).operators).toEqual([operator('two', 'BBBB')]);
});

it('equal operators are reused, others get a new id', () => {
  expect(pasted(document, ['a']).operators).toEqual(document.operators);
  const other = { ...emptyDocument, operators: [operator('one', 'ZZZZ')] };
  const after = pasted(other, ['a']);
  expect(after.operators?.map(({ model }) => model)).toEqual(['ZZZZ', 'AAAA']);
  expect(after.nodes[0]?.layer).toBe(`onnx:${after.operators?.[1]?.id}`);
});

it('clips without operators have no such field', () =>
  expect(writeClip(clipOf({ ...document, nodes: [node('r', 'relu')] }, ['r']))).not.toContain('operators'));

it('an own block carries its operators in its file', () => {
  const shared = sharedBlock(document, node('b', 'block:b1'), 'mine');
  const read = readSharedBlock(writeSharedBlock(shared), 'mine.netblock');
  expect(read).toEqual(shared);
  const { edits, layerNow } = bringBlocks(emptyDocument, read);
  const after = applyEdits(emptyDocument, edits);
  expect(after.operators).toEqual([operator('two', 'BBBB')]);
  expect(after.blocks.map(({ nodes }) => nodes[0]?.layer)).toEqual(['onnx:two']);
  expect(layerNow('block:b1')).toBe('block:b1');
});

it('an operator is added inside a block, and undone with the edit', () => {
  const edits = [
    { kind: 'addOperator', operator: operator('three', 'DDDD') },
    { kind: 'addNode', node: node('d', 'onnx:three') },
  ] as const;
  const after = applyEdits(document, [{ kind: 'editBlock', block: 'b1', edits }]);
  expect(after.operators?.map(({ id }) => id)).toEqual(['one', 'two', 'unused', 'three']);
  expect(after.blocks[0]?.nodes.map(({ layer }) => layer)).toEqual(['onnx:two', 'onnx:three']);
});
