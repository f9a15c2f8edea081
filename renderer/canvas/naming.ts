import { create } from 'zustand';
import { awaitField } from '../keys/typeAhead.ts';

interface Naming {
  /** The node whose name is being edited on its card. */
  readonly node: string | null;
  start(node: string): void;
  stop(): void;
}

export const useNaming = create<Naming>()((set) => ({
  node: null,
  start(node) {
    awaitField();
    set({ node });
  },
  stop: () => set({ node: null }),
}));
