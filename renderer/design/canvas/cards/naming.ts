import { create } from 'zustand';
import { useDocument } from '../../../state/stores/stores.ts';
import { awaitField } from '../../../ui/keys/typeAhead.ts';

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

/** True unless inside a built-in block, which is read-only. */
export const canName = (): boolean => useDocument.getState().levels.at(-1)?.block !== null;

export function startNaming(node: string): void {
  if (canName()) useNaming.getState().start(node);
}
