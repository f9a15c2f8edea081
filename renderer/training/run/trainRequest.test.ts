import { beforeEach, describe, expect, it, test, vi } from 'vitest';
import type { NetworkDocument } from '../../../src/graph/document.ts';
import type { ProviderReport } from '../../../src/protocol/device.ts';
import type { KeptRun } from '../../../src/protocol/runs.ts';
import type { TrainArgs } from '../../../src/protocol/training.ts';
import { Curves } from '../../../src/runs/curves.ts';
import type { RunRecord } from '../../../src/runs/record.ts';
import { templateOf } from '../../../templates/index.ts';
import { callDesktop } from '../../state/desktop/desktop.ts';
import { engine, sendToEngine } from '../../state/desktop/engine.ts';
import { startFrom } from '../../state/files/opening.ts';
import { useDocument, useRun } from '../../state/stores/stores.ts';
import { runCommands } from '../commands/runCommands.ts';
import { branchFromBest, resume, trainAgain } from '../runs/runActions.ts';
import { queueRuns } from '../runs/runsEngine.ts';
import { branchHere } from '../travel/branching.ts';
import { addToQueue, extend, resumeLastRun, resumeStopped, start } from './runActions.ts';

vi.hoisted(() => {
  vi.stubGlobal('localStorage', { getItem: () => null, setItem: () => {} });
  vi.stubGlobal('document', { activeElement: null });
  vi.stubGlobal('HTMLElement', class {});
});
vi.mock('../../state/desktop/desktop.ts', () => ({ callDesktop: vi.fn(async () => undefined) }));
vi.mock('../../state/desktop/engine.ts', () => ({
  engine: { call: vi.fn() },
  sendToEngine: vi.fn(),
  holdEngine: () => () => {},
}));

const document = templateOf('mlp')?.document as NetworkDocument;
const other = templateOf('lenet')?.document as NetworkDocument;
const epoch = { epoch: 1, seconds: 1, train: { loss: 1, accuracy: 0.5 }, validation: { loss: 1, accuracy: 0.5 } };
const record = {
  id: 'kept',
  name: 'kept',
  group: 'rates',
  state: 'stopped',
  step: 20,
  steps: 40,
  epoch: 1,
  epochs: 2,
  best: epoch,
  varied: { 'recipe.seed': 1 },
} as unknown as RunRecord;
const read = (of: NetworkDocument): KeptRun => ({
  record,
  document: of,
  history: [epoch],
  changes: [],
  curves: new Curves().toArrays(),
  checkpoints: [
    { step: 0, epoch: 0 },
    { step: 20, epoch: 1 },
  ],
});

const devices = (['cpu', 'webgpu', 'cuda'] as const).map(
  (provider): ProviderReport => ({ provider, usable: true, reason: null, device: null }),
);

const tell = vi.mocked(sendToEngine);
beforeEach(() => {
  tell.mockClear();
  vi.mocked(engine.call).mockResolvedValue(read(document));
  useDocument.getState().load(document, null);
  useRun.getState().reset(false);
  useRun.getState().linked('ready');
  useRun.getState().setProviders(devices);
});

/** Adds a run trained by this window. */
function ran(state: 'running' | 'stopped' | 'done'): void {
  useRun.getState().begin('kept', document);
  const event = {
    kind: 'run',
    run: 'kept',
    state,
    step: 20,
    steps: 40,
    epoch: 1,
    epochs: 2,
    message: null,
    kept: null,
  };
  useRun.getState().receive(event as Parameters<ReturnType<typeof useRun.getState>['receive']>[0]);
}

const from = { run: 'kept', step: 20 };
type Request = Partial<TrainArgs>;

const held = { ...document, recipe: { ...document.recipe, start: 'held' as const } };
function runOn(network: typeof document, ask: () => unknown): unknown {
  useDocument.getState().load(network, null);
  useRun.getState().reset(false);
  return ask();
}

const ways: readonly (readonly [
  name: string,
  ask: () => unknown,
  expected: Request,
  before?: 'running' | 'stopped' | 'done',
])[] = [
  ['train', () => start('fresh', false), { weights: 'fresh', paused: false }],
  ['a single step', () => start('fresh', true), { weights: 'fresh', paused: true }],
  ['train with the chosen initial weights', () => runOn(held, runCommands.train.run), { weights: 'current' }],
  ['the queue with the chosen initial weights', () => runOn(held, addToQueue), { weights: 'current' }],
  ['train from new weights all the same', () => runOn(held, runCommands.trainFresh.run), { weights: 'fresh' }],
  ['a sweep with the chosen initial weights', () => queueRuns([{ document: held, name: 'a' }]), { weights: 'current' }],
  ['train from current weights', runCommands.trainAgain.run, { weights: 'current', paused: false }],
  ['train from new weights', runCommands.trainFresh.run, { weights: 'fresh', paused: false }],
  ['train from new weights, frozen layers too', runCommands.trainRedrawn.run, { weights: 'redrawn', paused: false }],
  ['the queue, without an active run', addToQueue, { weights: 'fresh' }],
  ['the queue', () => addToQueue(), { weights: 'fresh', queued: true }, 'running'],
  ['resume', () => resumeLastRun(), { weights: 'resume', from, run: 'kept' }, 'stopped'],
  ['resume an interrupted run', () => resumeStopped('kept'), { weights: 'resume', from, run: 'kept' }],
  ['ten more epochs', () => extend(10), { weights: 'resume', from, run: 'kept' }, 'done'],
  ['a branch', () => branchHere(from), { weights: 'resume', from }, 'done'],
  [
    'a sweep',
    () => queueRuns([{ document, name: 'a', endsOnly: true }]),
    { weights: 'fresh', aside: true, keep: 'ends' },
  ],
  ['train a kept run again', () => trainAgain(read(other)), { weights: 'fresh', aside: true, held: from }],
  ['a branch from the best epoch', () => branchFromBest(read(other)), { weights: 'resume', from, aside: true }],
  [
    'resume in the list of runs',
    () => resume(read(other)),
    { weights: 'resume', from, run: 'kept', aside: true, group: 'rates' },
  ],
];

describe('every training request names the selected device and asks for gradient norms', () => {
  for (const [name, ask, expected, before] of ways) {
    it(name, async () => {
      for (const device of ['cuda', 'webgpu', 'cpu'] as const) {
        useRun.getState().setDevice(device);
        if (before !== undefined) ran(before);
        tell.mockClear();
        await ask();
        await vi.waitFor(() => expect(tell).toHaveBeenCalledOnce());
        const [call, args] = tell.mock.calls[0] ?? [];
        const { device: named = 'cpu', ...request } = args as Request;
        expect([call, request]).toMatchObject(['train', { reportNorm: true, ...expected }]);
        expect(named).toBe(device);
        // Only a sweep has too many runs for all their checkpoints to be kept.
        if (request.keep === 'ends') expect(expected.keep).toBe('ends');
      }
    });
  }

  it('has the current names of the layers', async () => {
    ran('done');
    const moved = [[{ from: 'fc1', to: 'first' }]];
    useRun.getState().weightsMoved(moved);
    extend(10);
    await vi.waitFor(() =>
      expect(tell).toHaveBeenLastCalledWith('train', expect.objectContaining({ weights: 'resume', moved })),
    );
    expect(useRun.getState().moved).toEqual(moved);
    branchHere(from);
    expect(tell).toHaveBeenLastCalledWith('train', expect.objectContaining({ weights: 'resume', moved }));
    expect(useRun.getState().moved).toEqual(moved);
  });
});

describe('a run that is asked for while a network is being opened', () => {
  it.each<[string, () => unknown]>([
    ['train', () => start('fresh', false)],
    ['train, clicked twice', () => Promise.all([start('fresh', false), start('fresh', false)])],
    ['the queue', () => addToQueue()],
  ])('%s: begins once, with that network, after it is open', async (_, ask) => {
    let isTaken = (_answer: { ok: true }): void => {};
    const taken = new Promise<{ ok: true }>((resolve) => {
      isTaken = resolve;
    });
    vi.mocked(callDesktop).mockImplementation((async (call: string) =>
      call === 'askUnsaved' ? 'discard' : taken) as never);
    const opening = startFrom(other);
    await vi.waitFor(() => expect(useDocument.getState().root.name).toBe(other.name));
    const asked = ask();
    await Promise.resolve();
    isTaken({ ok: true });
    await Promise.all([opening, asked]);
    expect(useRun.getState().state).toBe('preparing');
    expect(useRun.getState().document).toBe(useDocument.getState().root);
    expect(tell.mock.calls.filter(([call]) => call === 'train')).toHaveLength(1);
  });
});

test('frozen layers can be reinitialized if there are any', () => {
  const { enabled } = runCommands.trainRedrawn;
  const first = document.nodes.find(({ layer }) => layer === 'linear')?.id ?? '';
  expect(enabled()).toBe(false);
  useDocument.getState().edit([{ kind: 'setFrozen', node: first, frozen: true }]);
  expect(enabled()).toBe(true);
  useDocument.getState().edit([{ kind: 'setFrozen', node: first, frozen: false }]);
  expect(enabled()).toBe(false);
});
