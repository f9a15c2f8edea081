import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { NetworkDocument } from '../../../src/graph/document.ts';
import type { Edit } from '../../../src/graph/edits.ts';
import { templateOf } from '../../../templates/index.ts';
import { callDesktop } from '../desktop/desktop.ts';
import { useDocument, useRun } from '../stores/stores.ts';
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

test('a drag is stored once, at its end', () => {
  during(move);
  expect(kept).not.toHaveBeenCalled();
  useDocument.getState().commit();
  vi.advanceTimersByTime(2000);
  expect(kept.mock.calls).toEqual([['keep', { document: useDocument.getState().document, weights: false }]]);
});

test('a text is stored while it is typed', () => {
  during((step) => ({ kind: 'renameNode', node: 'conv1', name: `name ${step}` }));
  expect(kept).toHaveBeenCalled();
});

test('unsaved work from before a drag is stored when the drag is canceled', () => {
  useDocument.getState().edit([{ kind: 'renameNode', node: 'conv1', name: 'first' }]);
  during(move);
  expect(kept).not.toHaveBeenCalled();
  useDocument.getState().cancel();
  vi.advanceTimersByTime(2000);
  expect(kept.mock.calls).toEqual([['keep', { document: useDocument.getState().document, weights: false }]]);
});

test('weights are stored under the current layer names, also during a run', async () => {
  useRun.getState().begin('run', lenet);
  const at = {
    run: 'run',
    state: 'running',
    step: 1,
    steps: 9,
    epoch: 0,
    epochs: 1,
    message: null,
    kept: null,
  } as const;
  useRun.getState().receive({ kind: 'run', ...at });
  await vi.advanceTimersByTimeAsync(2000);
  expect(kept).toHaveBeenLastCalledWith('keep', { document: lenet, weights: true });
  useDocument.getState().edit([{ kind: 'move', positions: { conv1: { x: 9, y: 9 } } }]);
  await vi.advanceTimersByTimeAsync(2000);
  expect(kept.mock.lastCall?.[1]).toMatchObject({ weights: false });
  useDocument.getState().edit([{ kind: 'renameNode', node: 'conv1', name: 'first' }]);
  useRun.getState().weightsMoved([[{ from: 'conv1', to: 'first' }]]);
  await vi.advanceTimersByTimeAsync(2000);
  expect(kept.mock.lastCall?.[1]).toMatchObject({ weights: true });
  useRun.getState().reset(false);
});
