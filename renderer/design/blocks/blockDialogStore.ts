import { create } from 'zustand';
import { awaitField } from '../../ui/keys/typeAhead.ts';

/** Purpose of the dialog: make a block of nodes, edit a block of the document, or rename one of the library. */
export type BlockTask =
  | { readonly kind: 'make'; readonly nodes: readonly string[] }
  | { readonly kind: 'edit'; readonly block: string }
  | { readonly kind: 'rename'; readonly id: string };

interface BlockDialogState {
  readonly task: BlockTask | null;
  /** Node of the block that was made when the dialog closed; null if none was. */
  readonly made: string | null;
  show(task: BlockTask): void;
  close(made?: string): void;
}

export const useBlockDialog = create<BlockDialogState>()((set) => ({
  task: null,
  made: null,
  show(task) {
    awaitField();
    set({ task });
  },
  close: (made) => set({ task: null, made: made ?? null }),
}));
