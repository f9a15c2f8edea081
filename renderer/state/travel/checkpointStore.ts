import { create } from 'zustand';
import type { CheckpointRef } from '../../../src/runs/record.ts';

interface CheckpointState {
  /** The kept checkpoint that is shown wherever weights are: what they are, and what follows from them. Null: now. */
  readonly at: CheckpointRef | null;
  go(at: CheckpointRef | null): void;
}

const same = (a: CheckpointRef | null, b: CheckpointRef | null): boolean => a?.run === b?.run && a?.step === b?.step;

/** Where in the run the user is looking. */
export const useCheckpoint = create<CheckpointState>()((set, get) => ({
  at: null,
  go(at) {
    if (!same(at, get().at)) set({ at });
  },
}));
