import { create } from 'zustand';
import type { RunRecord } from '../../../src/runs/record.ts';

interface RunsState {
  /** All stored runs of all windows, newest first. */
  readonly runs: readonly RunRecord[];
  /** False until the engine has sent the list. */
  readonly known: boolean;
  /** Ids of runs started by this window. */
  readonly own: ReadonlySet<string>;
  setAll(runs: readonly RunRecord[]): void;
  /** Updates a record; null deletes it. */
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
