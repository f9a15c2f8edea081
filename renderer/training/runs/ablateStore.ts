import { create } from 'zustand';
import { isInput } from '../../../src/layers/input.ts';
import { settle } from '../../state/files/saving.ts';
import { useDocument, useUi } from '../../state/stores/stores.ts';

interface AblateState {
  readonly open: boolean;
  /** Node ids in the network, independent of the current selection. */
  readonly nodes: readonly string[];
  readonly seeds: number;
  readonly epochs: number;
  change(form: Partial<Pick<AblateState, 'seeds' | 'epochs'>>): void;
  close(): void;
}

export const useAblate = create<AblateState>()((set) => ({
  open: false,
  nodes: [],
  seeds: 5,
  epochs: 1,
  change: (form) => set(form),
  close: () => set({ open: false }),
}));

/** Selected layers and blocks at the top level of the network. Layers inside a block are not ablated one by one. */
export function ablatable(): readonly string[] {
  const { levels, root } = useDocument.getState();
  const { nodes } = useUi.getState().selection;
  if (levels.length > 0) return [];
  return nodes.filter((id) => root.nodes.some((node) => node.id === id && !isInput(node.layer)));
}

export function openAblation(): void {
  settle();
  const { epochs } = useDocument.getState().root.recipe;
  useAblate.setState({ open: true, nodes: ablatable(), epochs });
}
