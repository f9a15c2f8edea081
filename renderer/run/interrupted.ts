import { create } from 'zustand';
import type { RunRecord } from '../../src/runs/record.ts';
import { askEngine } from '../desktop/engine.ts';
import { sameNetwork } from '../stores/sameNetwork.ts';
import { useDocument, useRun } from '../stores/stores.ts';

interface InterruptedState {
  /** The latest interrupted run of the network that is open, and the step of its last kept moment. */
  readonly found: { readonly record: RunRecord; readonly step: number } | null;
  /** It stays in the list of runs, and is not offered again. */
  forget(run: string): void;
}

const KEY = 'netloom.leftRuns';
/** Ids to remember; older ones are of runs that are no longer offered. */
const KEPT = 50;

const left = (): readonly string[] => {
  const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]');
  return Array.isArray(kept) ? kept.filter((id) => typeof id === 'string') : [];
};

export const useInterrupted = create<InterruptedState>()((set) => ({
  found: null,
  forget(run) {
    localStorage.setItem(KEY, JSON.stringify([run, ...left()].slice(0, KEPT)));
    set({ found: null });
  },
}));

/** So many records are read for their documents, the latest first. */
const LOOKED_AT = 8;

async function look(): Promise<void> {
  const answer = await askEngine({ kind: 'listRuns' });
  if (answer.kind !== 'runs') return;
  const leave = new Set(left());
  const { run, document } = useRun.getState();
  const open = answer.runs.filter(({ id, state }) => state === 'interrupted' && !leave.has(id)).slice(0, LOOKED_AT);
  for (const record of open) {
    const read = await askEngine({ kind: 'readRun', run: record.id }).catch(() => null);
    const last = read?.kind === 'runRead' ? read.moments.at(-1) : undefined;
    if (read?.kind !== 'runRead' || last === undefined) continue;
    // The run that this window has just lost, or one of the network that is open.
    const own = record.id === run && document !== null;
    if (!own && !sameNetwork(read.document, useDocument.getState().root)) continue;
    useInterrupted.setState({ found: { record, step: last.step } });
    return;
  }
  useInterrupted.setState({ found: null });
}

/** Looks for what was interrupted when the engine is there, another network is opened, or a run has been gone on with. */
export function followInterrupted(): void {
  const again = (): void => {
    if (useRun.getState().engine === 'ready') look().catch(console.error);
  };
  useRun.subscribe((now, before) => {
    if (now.engine !== before.engine || now.state === 'failed') {
      if (now.engine !== before.engine || before.state !== 'failed') again();
    } else if (now.run !== before.run && now.run === useInterrupted.getState().found?.record.id) {
      useInterrupted.setState({ found: null });
    }
  });
  useDocument.subscribe((now, before) => {
    if (now.generation !== before.generation) again();
  });
}
