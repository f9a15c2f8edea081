import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { NetworkDocument } from '../../../src/graph/document.ts';
import type { RunRecord } from '../../../src/runs/record.ts';
import { templateOf } from '../../../templates/index.ts';
import { engine, sendToEngine } from '../../state/desktop/engine.ts';
import { leaveQueue } from '../../state/run/leaveQueue.ts';
import { useRuns } from '../../state/stores/runsStore.ts';
import { useDocument, useRun, useUi } from '../../state/stores/stores.ts';
import { queueRun, reportLostQueue, takeQueue } from './queue.ts';

vi.hoisted(() => vi.stubGlobal('localStorage', { getItem: () => null, setItem: () => {} }));
vi.mock('../../state/desktop/desktop.ts', () => ({ callDesktop: vi.fn(async () => undefined) }));
vi.mock('../../state/desktop/engine.ts', () => ({
  engine: { call: vi.fn() },
  sendToEngine: vi.fn(),
}));

const document = templateOf('mlp')?.document as NetworkDocument;
const record = (id: string, state: RunRecord['state']) =>
  ({ id, state, name: id, group: 'series', varied: {}, created: 0 }) as unknown as RunRecord;
const tell = vi.mocked(sendToEngine);
const asked = () => tell.mock.calls.map(([, request]) => request);
const queued = () => useRun.getState().queue.map(({ run }) => run);

beforeEach(() => {
  tell.mockClear();
  useUi.setState({ notices: [] });
  useRuns.setState({ runs: [], own: new Set() });
  useDocument.getState().load(document, null);
  useRun.getState().reset(false);
  useRun.getState().clearQueue();
  vi.mocked(engine.call).mockImplementation(async (_, args) => {
    const { run } = args as { run: string };
    const checkpoints = run === 'begun' ? [{ step: 7, epoch: 0 }] : [];
    return { record: record(run, 'interrupted'), document, checkpoints } as never;
  });
});

describe('the queue of a window', () => {
  it('continues in the background after its network is closed, with a notice', () => {
    queueRun({ run: 'a', document, weights: 'current' });
    leaveQueue();
    expect(queued()).toEqual([]);
    expect([...useRuns.getState().own]).toEqual(['a']);
    expect(useUi.getState().notices[0]?.message).toEqual({ key: 'run.queueAside', values: { count: 1 } });
    useUi.setState({ notices: [] });
    leaveQueue();
    expect(useUi.getState().notices).toEqual([]);
  });

  it('is restored by a reloaded page, with background runs', async () => {
    const waiting = [
      { run: 'trial', aside: true },
      { run: 'a', aside: false },
    ];
    await takeQueue({ present: { run: 'now', aside: true }, waiting });
    expect(queued()).toEqual(['a']);
    expect([...useRuns.getState().own]).toEqual(['now', 'trial']);
    // The engine has it already.
    expect(tell).not.toHaveBeenCalled();
  });

  it('is reported when the engine is lost, and requested again in the same order', async () => {
    useRuns.setState({ runs: [record('later', 'queued'), record('begun', 'running'), record('other', 'running')] });
    useRuns.getState().asked(['later', 'begun']);
    queueRun({ run: 'a', document, weights: 'current' });
    tell.mockClear();
    reportLostQueue();
    expect(queued()).toEqual([]);
    const [notice] = useUi.getState().notices;
    expect(notice?.message).toEqual({ key: 'run.queueLost', values: { count: 3 } });
    notice?.action?.run();
    await vi.waitFor(() => expect(tell).toHaveBeenCalledTimes(3));
    expect(asked()).toMatchObject([
      { run: 'begun', weights: 'resume', from: { run: 'begun', step: 7 }, queued: true, aside: true },
      { run: 'later', weights: 'fresh', queued: true, aside: true, group: 'series' },
      { run: 'a', weights: 'current', queued: true },
    ]);
    expect(queued()).toEqual(['a']);
  });
});
