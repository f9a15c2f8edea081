import { create } from 'zustand';
import type { RunRecord } from '../../../src/runs/record.ts';

interface RunsState {
  /** Every kept run, newest first: of all windows, which share one folder. */
  readonly runs: readonly RunRecord[];
  /** The engine has told them; before that there may be some that are not known yet. */
  readonly known: boolean;
  /** Runs that this window has asked for. */
  readonly own: ReadonlySet<string>;
  setAll(runs: readonly RunRecord[]): void;
  /** A record has changed; null: it was deleted. */
  change(run: string, record: RunRecord | null): void;
  asked(runs: readonly string[]): void;
}

const byAge = (runs: readonly RunRecord[]): readonly RunRecord[] => [...runs].sort((a, b) => b.created - a.created);

export const createRunsStore = () =>
  create<RunsState>()((set) => ({
    runs: [],
    known: false,
    own: new Set(),
    setAll: (runs) => set({ runs: byAge(runs), known: true }),
    change: (run, record) =>
      set(({ runs }) => {
        const at = runs.findIndex(({ id }) => id === run);
        if (record === null) return at < 0 ? {} : { runs: runs.toSpliced(at, 1) };
        return { runs: at < 0 ? byAge([record, ...runs]) : runs.with(at, record) };
      }),
    asked: (runs) => set(({ own }) => ({ own: new Set([...own, ...runs]) })),
  }));

export const useRuns = createRunsStore();
