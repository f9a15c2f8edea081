import { create } from 'zustand';

interface ArrangeState {
  /** A layout that is being made, once it has taken long enough to be worth a word. */
  readonly busy: { readonly count: number; cancel(): void } | null;
  /** Cards glide to their new places. */
  readonly gliding: boolean;
}

export const useArrange = create<ArrangeState>()(() => ({ busy: null, gliding: false }));
