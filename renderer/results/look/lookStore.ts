import { create } from 'zustand';

/** Enlarged image: a feature map or a filter. */
export interface PinnedTile {
  readonly path: string;
  /** The feature maps, or the name of a parameter. */
  readonly of: 'maps' | { readonly param: string };
  readonly index: number;
}

interface LookState {
  /** Index of the validation sample; it wraps around. */
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
