import { create } from 'zustand';
import type { RunMoment } from '../../../src/runs/record.ts';

interface MomentState {
  /** The kept moment that is shown wherever weights are: what they are, and what follows from them. Null: now. */
  readonly at: RunMoment | null;
  go(at: RunMoment | null): void;
}

const same = (a: RunMoment | null, b: RunMoment | null): boolean => a?.run === b?.run && a?.step === b?.step;

/** Where in the run the user is looking. */
export const useMoment = create<MomentState>()((set, get) => ({
  at: null,
  go(at) {
    if (!same(at, get().at)) set({ at });
  },
}));
