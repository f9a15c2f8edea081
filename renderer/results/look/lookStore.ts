import { create } from 'zustand';

/** What is kept large: a map, or an image of weights. */
export interface PinnedTile {
  readonly path: string;
  /** Of its maps, or of the parameter with that name. */
  readonly of: 'maps' | { readonly param: string };
  readonly index: number;
}

interface LookState {
  /** Which validation sample goes through the network; they come round. */
  readonly sample: number;
  readonly kept: PinnedTile | null;
  showSample(index: number): void;
  keep(kept: PinnedTile | null): void;
}

export const useLook = create<LookState>()((set) => ({
  sample: 0,
  kept: null,
  showSample: (sample) => set({ sample }),
  keep: (kept) => set({ kept }),
}));
