import { beforeEach, expect, test, vi } from 'vitest';
import { emptyDocument } from '../../../../src/graph/document.ts';
import { applyEdits, type Edit } from '../../../../src/graph/edits.ts';

vi.hoisted(() => vi.stubGlobal('localStorage', { getItem: () => null, setItem: () => {} }));

const { followSelection } = await import('./followSelection.ts');
const { useDocument, useUi } = await import('../../../state/stores/stores.ts');

const add = (id: string): Edit => ({
  kind: 'addNode',
  node: { id, layer: 'relu', name: id, config: {}, position: { x: 0, y: 0 } },
});
const { edit, undo, redo } = useDocument.getState();
const { select } = useUi.getState();
const selected = (): string => useUi.getState().selection.nodes.join();

followSelection();
beforeEach(() => {
  select({});
  useDocument.getState().load(applyEdits(emptyDocument, [add('a'), add('b')]), null);
  select({ nodes: ['a'] });
});

test('undo and redo select the items that they restore', () => {
  edit([add('copy')]);
  select({ nodes: ['copy'] });
  undo();
  expect(selected()).toBe('a');
  redo();
  expect(selected()).toBe('copy');
  undo();
  expect(selected()).toBe('a');
});

test('undoing a deletion restores its selection; redoing it selects nothing', () => {
  edit([{ kind: 'removeNodes', nodes: ['a'], heal: true }]);
  expect(selected()).toBe('');
  undo();
  expect(selected()).toBe('a');
  redo();
  expect(selected()).toBe('');
});

test('a later selection stays while its items exist', () => {
  edit([add('copy')]);
  select({ nodes: ['copy'] });
  undo();
  select({ nodes: ['b'] });
  redo();
  expect(selected()).toBe('b');
  undo();
  expect(selected()).toBe('b');
});
