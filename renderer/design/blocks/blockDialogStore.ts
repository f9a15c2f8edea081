import { create } from 'zustand';
import { awaitField } from '../../ui/keys/typeAhead.ts';

/** What the dialog is about: a block to be made of those nodes, one of the document, or one of the library. */
export type BlockTask =
  | { readonly kind: 'make'; readonly nodes: readonly string[] }
  | { readonly kind: 'edit'; readonly block: string }
  | { readonly kind: 'rename'; readonly id: string };

interface BlockDialogState {
  readonly task: BlockTask | null;
  show(task: BlockTask): void;
  close(): void;
}

export const useBlockDialog = create<BlockDialogState>()((set) => ({
  task: null,
  show(task) {
    awaitField();
    set({ task });
  },
  close: () => set({ task: null }),
}));
