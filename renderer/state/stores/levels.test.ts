import { describe, expect, test } from 'vitest';
import { check } from '../../../src/check/check.ts';
import { type BlockDefinition, blockLayer, type DocumentNode, emptyDocument } from '../../../src/graph/document.ts';
import { node } from '../../../src/graph/drawn.ts';
import { applyEdits, type Edit } from '../../../src/graph/edits.ts';
import { inputPortId, isPort, outputPortId } from '../../../src/graph/insideDrawing.ts';
import { idsOf, placeOf } from '../../../src/plan/level.ts';
import { planOwn } from '../../../src/plan/ownBlock.ts';
import { createDocumentStore, isEdited } from './documentStore.ts';

const conv = (id: string): DocumentNode =>
  node(id, 'conv2d', { config: { outChannels: 8, kernelSize: [3, 3], padding: [1, 1] } });
const unit: BlockDefinition = {
  id: 'unit',
  title: 'Unit',
  nodes: [conv('conv'), node('act', 'relu', { position: { x: 0, y: 110 } })],
  edges: [{ id: 'conv.y>act.x', from: { node: 'conv', port: 'y' }, to: { node: 'act', port: 'x' } }],
  inputs: [{ name: 'x', to: [{ node: 'conv', port: 'x' }] }],
  outputs: [{ name: 'y', from: { node: 'act', port: 'y' } }],
  exposed: [],
};
/** A block that contains two copies of `unit`. */
const stage: BlockDefinition = {
  ...unit,
  id: 'stage',
  title: 'Stage',
  nodes: [node('u', blockLayer('unit'), { repeat: 2 })],
  edges: [],
  inputs: [{ name: 'x', to: [{ node: 'u', port: 'x' }] }],
  outputs: [{ name: 'y', from: { node: 'u', port: 'y' } }],
};
const nodes = [
  node('input', 'input', { config: { shape: [8, 8, 8] } }),
  node('s', blockLayer('stage')),
  node('r', 'residual', { config: { channels: 8 } }),
  node('flat', 'flatten'),
  node('out', 'linear', { config: { outFeatures: 10 } }),
  node('end', 'classifier'),
];
const network = applyEdits({ ...emptyDocument, blocks: [unit, stage], data: { ...emptyDocument.data, source: 'p/' } }, [
  ...nodes.map((added): Edit => ({ kind: 'addNode', node: added })),
  ...nodes.slice(1).map(({ id }, i): Edit => {
    return { kind: 'connect', from: { node: nodes[i]?.id ?? '', port: 'y' }, to: { node: id, port: 'x' } };
  }),
]);
const inUnit = [
  { node: 's', copy: 0 },
  { node: 'u', copy: 1 },
];
const inResidual = [{ node: 'r', copy: 0 }];
const act: Edit = { kind: 'renameNode', node: 'act', name: 'rectifier' };

function storeAt(path: readonly { node: string; copy: number }[]) {
  const store = createDocumentStore(network);
  store.getState().go(path);
  return store;
}
const layersOf = (store: ReturnType<typeof storeAt>) =>
  store.getState().document.nodes.flatMap(({ id, name }) => (isPort(id) ? [] : [name]));

test('the test network has no problems', () => {
  expect(check(network).diagnostics).toEqual([]);
});

describe('a level', () => {
  test('is the inside of the block, with ports, shapes and the settings of the network', () => {
    const { document, check: inside, root, levels } = storeAt(inUnit).getState();
    expect(document.nodes.map(({ id }) => id)).toEqual([inputPortId(0), 'conv', 'act', outputPortId(0)]);
    expect(inside.nodes.get('conv')?.outputs).toEqual({ y: [8, 8, 8] });
    expect(inside.nodes.get(inputPortId(0))?.outputs).toEqual({ y: [8, 8, 8] });
    expect(inside.totals.params).toBe(8 * 8 * 9 + 8);
    expect(document.recipe).toBe(root.recipe);
    expect(levels.map(({ copies, block }) => [copies, block])).toEqual([
      [1, 'stage'],
      [2, 'unit'],
    ]);
  });

  test('is edited through the innermost block, with one undo history', () => {
    const store = storeAt(inUnit);
    store.getState().edit([act]);
    expect(store.getState().root.blocks[0]?.nodes[1]?.name).toBe('rectifier');
    expect(layersOf(store)).toEqual(['conv', 'rectifier']);
    expect(store.getState().history.past).toHaveLength(1);
    store.getState().go([]);
    store.getState().undo();
    expect(store.getState().root).toBe(network);
  });

  test('applies edits of the whole document to the network, in order', () => {
    const store = storeAt(inUnit);
    store.getState().edit([act, { kind: 'rename', name: 'Mine' }, { kind: 'setFrozen', node: 'conv', frozen: true }]);
    expect(store.getState().root).toMatchObject({ name: 'Mine', blocks: [{ nodes: [{ frozen: true }, {}] }, {}] });
    expect(store.getState().document.name).toBe('Mine');
  });

  test('has its own problems, and the network has those of the block', () => {
    const store = storeAt(inUnit);
    store.getState().edit([{ kind: 'setConfig', node: 'conv', key: 'kernelSize', value: [20, 20] }]);
    const { check: inside, rootCheck } = store.getState();
    expect(inside.diagnostics).toMatchObject([{ node: 'conv' }]);
    expect(rootCheck.diagnostics).toMatchObject([{ node: 's', inside: { path: ['s', 'u', '1', 'conv'] } }]);
  });

  test('follows a drag without a new check, and keeps the state before it', () => {
    const store = storeAt(inUnit);
    const { rootCheck, document: start } = store.getState();
    for (const x of [10, 20]) store.getState().transient([{ kind: 'move', positions: { conv: { x, y: 0 } } }]);
    const { document, before, rootCheck: checked } = store.getState();
    expect(document.nodes.find(({ id }) => id === 'conv')?.position.x).toBe(20);
    expect(document.edges).toBe(start.edges);
    expect(checked).toBe(rootCheck);
    expect(before).toBe(start);
    store.getState().cancel();
    expect(store.getState().root).toBe(network);
    expect(store.getState().before).toBeNull();
  });

  test('falls back to the nearest existing level when its block is removed', () => {
    const store = storeAt(inUnit);
    store
      .getState()
      .editRoot([{ kind: 'editBlock', block: 'stage', edits: [{ kind: 'removeNodes', nodes: ['u'], heal: false }] }]);
    expect(store.getState().path).toEqual([{ node: 's', copy: 0 }]);
    store.getState().editRoot([{ kind: 'removeNodes', nodes: ['s'], heal: true }]);
    expect(store.getState()).toMatchObject({ path: [], levels: [] });
    expect(store.getState().document).toBe(store.getState().root);
  });

  test('exists without connected inputs if the block is part of the document', () => {
    const store = createDocumentStore(applyEdits(network, [{ kind: 'disconnect', edges: ['input.y>s.x'] }]));
    store.getState().go([{ node: 's', copy: 0 }]);
    expect(layersOf(store)).toEqual(['u']);
    expect(store.getState().check.diagnostics).toEqual([]);
    store.getState().go(inResidual);
    expect(store.getState().path).toEqual([]);
  });
});

describe('a built-in block', () => {
  test('is read-only, and counts rejected edits', () => {
    const store = storeAt(inResidual);
    expect(layersOf(store).length).toBeGreaterThan(3);
    store.getState().edit([{ kind: 'removeNodes', nodes: ['conv1'], heal: true }]);
    store.getState().transient([{ kind: 'move', positions: { conv1: { x: 1, y: 1 } } }]);
    expect(store.getState()).toMatchObject({ refusals: 2, root: network });
    store.getState().edit([{ kind: 'rename', name: 'Mine' }]);
    expect(store.getState().root.name).toBe('Mine');
  });

  test('becomes an equivalent block of the document, which is editable at the same level', () => {
    const store = storeAt(inResidual);
    const { root, rootCheck, levels, editRoot } = store.getState();
    const { edits } = planOwn(root, rootCheck, levels, 'en');
    editRoot(edits ?? []);
    const after = store.getState();
    expect(after.history.past).toHaveLength(1);
    expect(after.path).toEqual(inResidual);
    expect(after.rootCheck.totals).toEqual(rootCheck.totals);
    const names = (result: typeof rootCheck) => result.graph?.nodes.map((leaf) => leaf.node.name);
    expect(names(after.rootCheck)).toEqual(names(rootCheck));
    after.edit([{ kind: 'removeNodes', nodes: ['relu1'], heal: true }]);
    expect(store.getState().refusals).toBe(0);
    expect(layersOf(store)).not.toContain('relu1');
  });

  test('inside a built-in block becomes editable together with it', () => {
    const doc = applyEdits(network, [
      {
        kind: 'replaceNode',
        node: node('r', 'residualStage', { config: { blocks: 1, channels: 8, firstStride: 1 } }),
        ports: { inputs: { x: 'x' }, outputs: { y: 'y' } },
      },
    ]);
    const store = createDocumentStore(doc);
    const block = store.getState().rootCheck.nodes.get('r')?.inside?.[0]?.body.nodes[0]?.id ?? '';
    store.getState().go([...inResidual, { node: block, copy: 0 }]);
    const { root, rootCheck, levels, editRoot } = store.getState();
    expect(levels).toHaveLength(2);
    editRoot(planOwn(root, rootCheck, levels, 'en').edits ?? []);
    expect(store.getState().levels.map((level) => level.block)).toEqual(['block1', 'block2']);
    expect(store.getState().rootCheck.totals).toEqual(rootCheck.totals);
  });
});

test('paths of problems and layers lead to levels, and back', () => {
  const { root, rootCheck } = createDocumentStore(network).getState();
  const place = placeOf(root, rootCheck, ['s', 'u', '2', 'conv']);
  expect(place).toEqual({ path: inUnit, node: 'conv' });
  const store = storeAt(place.path);
  expect(idsOf(store.getState().levels)).toEqual(['s', 'u', '2']);
  expect(placeOf(root, rootCheck, ['flat'])).toEqual({ path: [], node: 'flat' });
  expect(placeOf(root, rootCheck, ['s', 'gone'])).toEqual({ path: [{ node: 's', copy: 0 }], node: null });
});

test('expanding a block is an undo step, and does not change the network', () => {
  const store = createDocumentStore(network);
  const { look, edit, undo, redo, markSaved } = store.getState();
  const edited = () => isEdited(store.getState());
  const open: Edit = { kind: 'setOpen', node: 'r', open: true };
  look([open, { kind: 'move', positions: { flat: { x: 0, y: 400 } } }]);
  expect(store.getState().document.nodes.find(({ id }) => id === 'r')?.open).toBe(true);
  expect(edited()).toBe(false);
  undo();
  expect([store.getState().document === network, edited()]).toEqual([true, false]);
  redo();
  look([{ ...open, open: false }]);
  expect(edited()).toBe(false);
  edit([{ kind: 'setConfig', node: 'out', key: 'outFeatures', value: 20 }]);
  look([open]);
  expect(edited()).toBe(true);
  undo();
  undo();
  expect(edited()).toBe(false);
  redo();
  markSaved(store.getState().root, '/home/me/net.netloom', 'net');
  expect(edited()).toBe(false);
  undo();
  expect(edited()).toBe(true);
  redo();
  redo();
  expect(edited()).toBe(false);
});

test('a layer inside an expanded block is edited from the outer level, in blocks of the document', () => {
  const store = createDocumentStore(network);
  const { editIn, commit, undo } = store.getState();
  const nameOf = (id: string) => store.getState().root.blocks[0]?.nodes.find((inner) => inner.id === id)?.name;
  editIn(inUnit, [act], true);
  commit();
  expect(nameOf('act')).toBe('rectifier');
  expect(store.getState().document).toBe(store.getState().root);
  undo();
  expect(nameOf('act')).toBe('act');
  editIn(inResidual, [{ kind: 'renameNode', node: 'conv1', name: 'first' }], false);
  expect(store.getState()).toMatchObject({ root: network, refusals: 1 });
  editIn([{ node: 'gone', copy: 0 }], [act], false);
  expect(store.getState().root).toBe(network);
});
