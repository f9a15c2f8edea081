import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { NetworkDocument } from '../../src/graph/document.ts';
import type { Edit } from '../../src/graph/edits.ts';
import { templateOf } from '../../templates/index.ts';
import { callDesktop } from '../desktop/desktop.ts';
import { useDocument } from '../stores/stores.ts';
import { keepWork } from './keepWork.ts';

vi.hoisted(() => vi.stubGlobal('localStorage', { getItem: () => null, setItem: () => {} }));
vi.mock('../desktop/desktop.ts', () => ({ callDesktop: vi.fn(async () => undefined) }));

const lenet = templateOf('lenet_modern')?.document as NetworkDocument;
const move = (x: number): Edit => ({ kind: 'move', positions: { conv1: { x, y: 0 } } });
const kept = vi.mocked(callDesktop);

beforeEach(() => {
  vi.useFakeTimers();
  useDocument.getState().load(lenet, null);
  kept.mockClear();
});
afterEach(() => void vi.useRealTimers());

keepWork();

/** A gesture of five seconds. */
function during(edit: (step: number) => Edit): void {
  for (let step = 1; step <= 50; step++) {
    useDocument.getState().transient([edit(step)]);
    vi.advanceTimersByTime(100);
  }
}

test('a drag is kept once, at its end', () => {
  during(move);
  expect(kept).not.toHaveBeenCalled();
  useDocument.getState().commit();
  vi.advanceTimersByTime(2000);
  expect(kept.mock.calls).toEqual([['keep', { document: useDocument.getState().document, weights: false }]]);
});

test('what is typed is kept while it is typed', () => {
  during((step) => ({ kind: 'renameNode', node: 'conv1', name: `name ${step}` }));
  expect(kept).toHaveBeenCalled();
});

test('what waits to be kept when a drag begins is kept when it is given up', () => {
  useDocument.getState().edit([{ kind: 'renameNode', node: 'conv1', name: 'first' }]);
  during(move);
  expect(kept).not.toHaveBeenCalled();
  useDocument.getState().cancel();
  vi.advanceTimersByTime(2000);
  expect(kept.mock.calls).toEqual([['keep', { document: useDocument.getState().document, weights: false }]]);
});
