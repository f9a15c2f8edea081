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
  /** Latest interrupted run of the open network, with the step of its last checkpoint. */
  readonly found: { readonly record: RunRecord; readonly step: number } | null;
  /** Ids of the runs that are no longer offered. */
  readonly left: string[];
  /** Stops offering the run. It stays in the list of runs. */
  forget(run: string): void;
}

/** Max number of remembered ids. Older ones belong to runs that are no longer offered. */
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

/** Max number of records whose documents are read, newest first. */
const MAX_READ = 8;

/** Retries, with the interval in ms: when the system ends the app, its engine may survive for a while and keep the run. */
const AGAIN = { times: 10, every: 1000 };

const begin = newestWins();

async function look(times = AGAIN.times): Promise<void> {
  const isNewest = begin();
  const { runs } = await engine.call('listRuns', {});
  const leave = new Set(useInterrupted.getState().left);
  const { run, document } = useRun.getState();
  const open = runs.filter(({ id, state }) => state === 'interrupted' && !leave.has(id)).slice(0, MAX_READ);
  for (const record of open) {
    const read = await engine.call('readRun', { run: record.id }).catch(() => null);
    if (!isNewest()) return;
    const last = read?.checkpoints.at(-1);
    if (read === null || last === undefined) continue;
    // The run that this window has just lost, or a run of the open network.
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

/** True if the run has ended or was deleted. The record of a run that this window has lost may still be marked as active. */
const hasEnded = (record: RunRecord | undefined): boolean =>
  record === undefined || record.state === 'done' || record.state === 'stopped' || record.state === 'failed';

function dropIf(over: (record: RunRecord) => boolean): void {
  const { found } = useInterrupted.getState();
  if (found !== null && over(found.record)) useInterrupted.setState({ found: null });
}

/** Looks for interrupted runs when the engine is ready, after another network is opened, and after a run is resumed. */
export function followInterrupted(): void {
  const again = (): void => {
    if (useRun.getState().engine === 'ready') look().catch(console.error);
  };
  useRun.subscribe((now, before) => {
    if (now.engine !== before.engine || now.state === 'failed') {
      if (now.engine !== before.engine || before.state !== 'failed') again();
    } else if (isActive(now.state)) dropIf((record) => record.id === now.run);
  });
  // The record shows whether the run was resumed or deleted, from this window or another.
  useRuns.subscribe(({ runs, known }) => {
    if (known) dropIf(({ id }) => hasEnded(runs.find((each) => each.id === id)));
  });
  useDocument.subscribe((now, before) => {
    if (now.generation !== before.generation) again();
  });
}
