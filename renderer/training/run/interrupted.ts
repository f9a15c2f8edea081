import { z } from 'zod';
import { create } from 'zustand';
import { sameNetwork } from '../../../src/check/sameNetwork.ts';
import type { RunRecord } from '../../../src/runs/record.ts';
import { engine } from '../../state/desktop/engine.ts';
import { newestWins } from '../../state/desktop/newestWins.ts';
import { remembered } from '../../state/stores/remembered.ts';
import { isActive } from '../../state/stores/runStore.ts';
import { useRuns } from '../../state/stores/runsStore.ts';
import { useDocument, useRun } from '../../state/stores/stores.ts';

interface InterruptedState {
  /** The latest interrupted run of the network that is open, and the step of its last checkpoint. */
  readonly found: { readonly record: RunRecord; readonly step: number } | null;
  /** Ids of runs that are not offered again. */
  readonly left: string[];
  /** It stays in the list of runs, and is not offered again. */
  forget(run: string): void;
}

/** Ids to remember; older ones are of runs that are no longer offered. */
const KEPT = 50;

const memory = remembered('netloom.leftRuns', z.array(z.string()), []);

export const useInterrupted = create<InterruptedState>()((set, get) => ({
  found: null,
  left: memory.read(),
  forget(run) {
    const left = [run, ...get().left].slice(0, KEPT);
    memory.write(left);
    set(({ found }) => ({ left, found: found?.record.id === run ? null : found }));
  },
}));

/** So many records are read for their documents, the latest first. */
const LOOKED_AT = 8;

/** An engine that outlives its app while the system ends it still has its run: so often it is looked again (times, ms). */
const AGAIN = { times: 10, every: 1000 };

const begin = newestWins();

async function look(times = AGAIN.times): Promise<void> {
  const isNewest = begin();
  const { runs } = await engine.call('listRuns', {});
  const leave = new Set(useInterrupted.getState().left);
  const { run, document } = useRun.getState();
  const open = runs.filter(({ id, state }) => state === 'interrupted' && !leave.has(id)).slice(0, LOOKED_AT);
  for (const record of open) {
    const read = await engine.call('readRun', { run: record.id }).catch(() => null);
    if (!isNewest()) return;
    const last = read?.checkpoints.at(-1);
    if (read === null || last === undefined) continue;
    // The run that this window has just lost, or one of the network that is open.
    const own = record.id === run && document !== null;
    if (!own && !sameNetwork(read.document, useDocument.getState().root)) continue;
    useInterrupted.setState({ found: { record, step: last.step } });
    return;
  }
  if (!isNewest()) return;
  useInterrupted.setState({ found: null });
  const elsewhere = runs.some(({ id, state }) => state === 'running' && id !== run);
  if (elsewhere && times > 0) setTimeout(() => look(times - 1).catch(console.error), AGAIN.every);
}

/** A record of this window's lost run may still say that it is under way. */
const hasEnded = (record: RunRecord | undefined): boolean =>
  record === undefined || record.state === 'done' || record.state === 'stopped' || record.state === 'failed';

function dropIf(over: (record: RunRecord) => boolean): void {
  const { found } = useInterrupted.getState();
  if (found !== null && over(found.record)) useInterrupted.setState({ found: null });
}

/** Looks for what was interrupted when the engine is there, another network is opened, or a run has been gone on with. */
export function followInterrupted(): void {
  const again = (): void => {
    if (useRun.getState().engine === 'ready') look().catch(console.error);
  };
  useRun.subscribe((now, before) => {
    if (now.engine !== before.engine || now.state === 'failed') {
      if (now.engine !== before.engine || before.state !== 'failed') again();
    } else if (isActive(now.state)) dropIf((record) => record.id === now.run);
  });
  // Resumed by whatever button or window, or deleted: its record tells.
  useRuns.subscribe(({ runs, known }) => {
    if (known) dropIf(({ id }) => hasEnded(runs.find((each) => each.id === id)));
  });
  useDocument.subscribe((now, before) => {
    if (now.generation !== before.generation) again();
  });
}
