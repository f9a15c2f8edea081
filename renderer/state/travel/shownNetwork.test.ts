import { expect, it, vi } from 'vitest';
import { check } from '../../../src/check/check.ts';
import type { NetworkDocument } from '../../../src/graph/document.ts';
import { applyEdits, type Edit } from '../../../src/graph/edits.ts';
import { templateOf } from '../../../templates/index.ts';
import { shownOf } from './shownNetwork.ts';

vi.hoisted(() => vi.stubGlobal('localStorage', { getItem: () => null, setItem: () => {} }));

const ran = templateOf('lenet_modern')?.document as NetworkDocument;
const at = { run: 'a', step: 10 };
const kernel: Edit = { kind: 'setConfig', node: 'conv2', key: 'outChannels', value: 8 };
const moved: Edit = { kind: 'move', positions: { conv2: { x: 999, y: 999 } } };
const cut: Edit = { kind: 'disconnect', edges: [ran.edges[0]?.id ?? ''] };
const split: Edit = { kind: 'setData', data: { ...ran.data, validation: 0.5 } };

it.each<[name: string, edits: readonly Edit[], shows: 'drawing' | 'run', isOther: boolean]>([
  ['an edited layer', [kernel], 'run', true],
  ['a drawing with errors', [cut], 'run', true],
  ['a renamed layer', [{ kind: 'renameNode', node: 'conv2', name: 'second' }], 'run', true],
  ['a frozen layer', [{ kind: 'setFrozen', node: 'conv2', frozen: true }], 'run', true],
  ['a moved layer', [moved], 'drawing', false],
  ['nothing', [], 'drawing', false],
])('after %s the past is shown on its own network, the present on the drawing', (_, edits, shows, isOther) => {
  const root = applyEdits(ran, edits);
  const rootCheck = check(root);
  expect(shownOf(root, rootCheck, ran, null)).toEqual({ document: root, check: rootCheck, isOther: false });
  const past = shownOf(root, rootCheck, ran, at);
  expect(past.document).toBe(shows === 'run' ? ran : root);
  expect(past.isOther).toBe(isOther);
  expect(past.check.graph).not.toBeNull();
  // Equal results are the same object, because views compare by identity.
  expect(shownOf(root, rootCheck, ran, at).check).toBe(past.check);
});

it('shows the past on the data that it was trained on', () => {
  const root = applyEdits(ran, [split]);
  const past = shownOf(root, check(root), ran, at);
  expect(past.document).toEqual({ ...root, data: ran.data });
  expect(past.isOther).toBe(false);
});
