import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { sameNetwork } from '../../../src/check/sameNetwork.ts';
import type { NetworkDocument } from '../../../src/graph/document.ts';
import type { Edit } from '../../../src/graph/edits.ts';
import { areaAt } from '../../../src/layout/card.ts';
import { planOpen } from '../../../src/layout/makeRoom.ts';
import { overlaps } from '../../../src/layout/settle.ts';
import { sizesIn } from '../../../src/layout/size.ts';
import type { RunEvent } from '../../../src/protocol/runEvents.ts';
import { templateOf } from '../../../templates/index.ts';
import { createDocumentStore } from './documentStore.ts';
import { createRunStore } from './runStore.ts';
import { createUiStore, type Subject } from './uiStore.ts';

const lenet = templateOf('lenet_modern')?.document as NetworkDocument;
const move = (x: number): Edit => ({ kind: 'move', positions: { conv1: { x, y: 0 } } });
const kernel = (size: number): Edit => ({ kind: 'setConfig', node: 'conv2', key: 'kernelSize', value: [size, size] });

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('a gesture of many changes is one undo step, and is checked at each change', () => {
  const store = createDocumentStore(lenet);
  const { transient, commit, undo, redo } = store.getState();
  for (const size of [20, 30]) transient([kernel(size)]);
  expect(store.getState().check.diagnostics).toHaveLength(1);
  commit();
  undo();
  expect(store.getState().document).toBe(lenet);
  expect(store.getState().check.diagnostics).toEqual([]);
  redo();
  expect(store.getState().check.diagnostics).toHaveLength(1);
});

test('moving, pinning and annotating do not run the check; edits of the network do', () => {
  const store = createDocumentStore(lenet);
  const { transient, edit } = store.getState();
  const first = store.getState().check;
  transient([move(5)]);
  edit([{ kind: 'setPinned', nodes: ['conv2'], pinned: true }]);
  const size = { width: 90, height: 40 };
  edit([{ kind: 'setNote', note: { id: 'note', text: 'Here', position: { x: 0, y: 0 }, size } }]);
  expect(store.getState().check).toBe(first);
  const looked: Edit[] = [
    kernel(3),
    { kind: 'renameNode', node: 'conv1', name: 'first' },
    { kind: 'setFrozen', node: 'conv1', frozen: true },
    { kind: 'removeNodes', nodes: ['act1'], heal: true },
    { kind: 'disconnect', edges: [lenet.edges.at(-1)?.id ?? ''] },
  ];
  for (const change of looked) {
    const before = store.getState().check;
    edit([change]);
    expect(store.getState().check).not.toBe(before);
  }
});

test('nodes around an expanded block make room when its inside grows, in the same undo step', () => {
  const resnet = templateOf('resnet18_d2l')?.document as NetworkDocument;
  const store = createDocumentStore(resnet);
  const { edit, transient, commit, undo } = store.getState();
  const place = (id: string) => store.getState().document.nodes.find((node) => node.id === id)?.position;
  edit(planOpen(resnet, store.getState().check, ['stage1'], true));
  const opened = store.getState().document;
  const below = place('stage2')?.y ?? 0;
  for (const blocks of [3, 12, 4]) transient([{ kind: 'setConfig', node: 'stage1', key: 'blocks', value: blocks }]);
  commit();
  const { document, check } = store.getState();
  const sizeOf = sizesIn(document, check);
  const areas = document.nodes.map((node) => areaAt(node.position, sizeOf(node)));
  expect(areas.filter((a, i) => areas.slice(i + 1).some((b) => overlaps(a, b)))).toEqual([]);
  expect(place('stage2')?.y).toBe(below + 2 * 110);
  edit([{ kind: 'setConfig', node: 'stage1', key: 'blocks', value: 2 }]);
  expect(store.getState().document.nodes).toEqual(opened.nodes);
  undo();
  expect(place('stage2')?.y).toBe(below + 2 * 110);
  undo();
  expect(store.getState().document).toBe(opened);
});

test('saving marks the saved state, not later edits', () => {
  const store = createDocumentStore(lenet);
  const { edit, markSaved } = store.getState();
  edit([move(1)]);
  const written = store.getState().document;
  edit([move(2)]);
  markSaved(written, '/home/me/net.netloom', written.name);
  expect(store.getState()).toMatchObject({ saved: written, fileName: 'net.netloom' });
  expect(store.getState().document).not.toBe(written);
});

test('the name follows the file without an undo step, and undo keeps it', () => {
  const store = createDocumentStore(lenet);
  const { edit, markSaved, undo, redo } = store.getState();
  edit([move(1)]);
  edit([move(2)]);
  undo();
  markSaved(store.getState().document, '/home/me/mine.netloom', 'mine');
  const { document, saved } = store.getState();
  expect(saved).toBe(document);
  redo();
  undo();
  expect(store.getState()).toMatchObject({ document: saved, saved });
  undo();
  expect(store.getState().document).toEqual({ ...lenet, name: 'mine' });
});

test('positions do not change the network; config and connections do', () => {
  const store = createDocumentStore(lenet);
  const after = (edit: Edit) => {
    store.getState().edit([edit]);
    const { document } = store.getState();
    store.getState().undo();
    return document;
  };
  expect(sameNetwork(lenet, after(move(3)))).toBe(true);
  expect(sameNetwork(lenet, after(kernel(3)))).toBe(false);
  expect(sameNetwork(lenet, after({ kind: 'disconnect', edges: [lenet.edges[0]?.id ?? ''] }))).toBe(false);
});

const progress = (run: string, step: number): RunEvent => ({
  kind: 'progress',
  run,
  step: Int32Array.of(step),
  loss: Float32Array.of(1 / step),
  accuracy: Float32Array.of(0.5),
  learningRate: Float32Array.of(0.1),
  gradientNorm: Float32Array.of(Number.NaN),
  samplesPerSecond: 1000,
  waiting: 0,
});

test('curves grow with the run, figures update a few times a second, and events of other runs are ignored', () => {
  const store = createRunStore();
  store.getState().begin('a', lenet);
  const shown = vi.fn();
  store.subscribe((now, before) => now.revision !== before.revision && shown());
  for (let step = 1; step <= 30; step++) store.getState().receive(progress('a', step));
  store.getState().receive(progress('b', 99));
  vi.advanceTimersByTime(1000);
  expect(shown).toHaveBeenCalledTimes(1);
  expect(store.getState()).toMatchObject({ step: 30, samplesPerSecond: 1000, hasWeights: true, weightsUnsaved: true });
  expect(store.getState().curves.length).toBe(30);
  expect(store.getState().curves.column('loss')[29]).toBeCloseTo(1 / 30, 6);
});

test('a run that restored its last finite weights is shown at their step', () => {
  const store = createRunStore();
  store.getState().begin('a', lenet);
  store.getState().receive(progress('a', 18));
  const end = {
    run: 'a',
    state: 'failed',
    step: 17,
    steps: 30,
    epoch: 0,
    epochs: 1,
    message: null,
    kept: null,
  } as const;
  store.getState().receive({ kind: 'run', ...end });
  vi.advanceTimersByTime(1000);
  expect(store.getState()).toMatchObject({ state: 'failed', step: 17 });
});

test('a restarted engine fails the run that was active, and only this one', () => {
  const store = createRunStore();
  store.getState().linked('restarted');
  expect(store.getState().state).toBe('none');
  store.getState().begin('a', lenet);
  store.getState().linked('restarted');
  expect(store.getState()).toMatchObject({ state: 'failed', message: { key: 'engine.lostRun' }, engine: 'ready' });
});

const memory = (start: Record<string, string> = {}) => {
  const kept = new Map(Object.entries(start));
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
  };
};

test('interface settings are stored; damaged ones are reset', () => {
  const storage = memory();
  const first = createUiStore(storage as unknown as Storage).getState();
  first.setLanguage('zh');
  first.setTheme('dark');
  expect(createUiStore(storage as unknown as Storage).getState()).toMatchObject({
    language: 'zh',
    theme: 'dark',
  });
  const damaged = memory({ 'netloom.ui': '{"language":"fr"}' });
  expect(createUiStore(damaged as unknown as Storage).getState().theme).toBe('system');
});

test('settings for all windows are taken over from another window; open panels are not', () => {
  const other = memory();
  const second = createUiStore(other as unknown as Storage).getState();
  second.setLanguage('zh');
  second.setTheme('dark');
  second.setFold('training', false);
  const store = createUiStore(memory() as unknown as Storage);
  store.getState().follow(other.getItem('netloom.ui') ?? '');
  expect(store.getState()).toMatchObject({ language: 'zh', theme: 'dark', folds: {} });
});

test('an equal message is not shown twice at a time', () => {
  const store = createUiStore(memory() as unknown as Storage);
  const notice = { tone: 'bad', about: 'engine', message: { key: 'engine.failed' } } as const;
  store.getState().notify(notice);
  store.getState().notify(notice);
  expect(store.getState().notices).toHaveLength(1);
});

test('errors replace each other, and disappear with their cause', () => {
  const notices = createUiStore(memory() as unknown as Storage);
  const { notify, settle } = notices.getState();
  const shown = () => notices.getState().notices.map(({ message }) => ('key' in message ? message.key : message.en));
  const bad = (about: Subject, en: string) => notify({ tone: 'bad', about, message: { en, zh: en } });
  bad('save', 'disk full');
  bad('clipboard', 'no text');
  bad('save', 'no right to write');
  expect(shown()).toEqual(['no text', 'no right to write']);
  notify({ tone: 'good', about: 'save', message: { en: 'saved', zh: '已保存' } });
  expect(shown()).toEqual(['no text', 'saved']);
  settle('clipboard');
  // Success messages disappear by themselves.
  settle('save');
  expect(shown()).toEqual(['saved']);
  // No error is dropped for newer ones.
  const subjects = ['clipboard', 'engine', 'export', 'images', 'open', 'run'] as const;
  for (const about of subjects) bad(about, about);
  expect(shown()).toEqual(['saved', ...subjects]);
});
