import { create } from 'zustand';

interface Naming {
  /** The node whose name is being edited on its card. */
  readonly node: string | null;
  start(node: string): void;
  stop(): void;
}

export const useNaming = create<Naming>()((set) => ({
  node: null,
  start: (node) => set({ node }),
  stop: () => set({ node: null }),
}));
