import { create } from 'zustand';
import type { CheckpointRef } from '../../../src/runs/record.ts';

interface CheckpointState {
  /** The checkpoint whose weights, and everything computed from them, are shown. Null: the current weights. */
  readonly at: CheckpointRef | null;
  go(at: CheckpointRef | null): void;
}

const same = (a: CheckpointRef | null, b: CheckpointRef | null): boolean => a?.run === b?.run && a?.step === b?.step;

/** The checkpoint that is shown in all panels. */
export const useCheckpoint = create<CheckpointState>()((set, get) => ({
  at: null,
  go(at) {
    if (!same(at, get().at)) set({ at });
  },
}));
