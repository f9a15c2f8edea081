import type { NetworkDocument } from '../../../src/graph/document.ts';
import { useCompare } from '../../state/stores/compareStore.ts';
import { useDocument } from '../../state/stores/stores.ts';

/** The network that is open, as a whole. */
export const useOpenNetwork = () => {
  const document = useDocument((state) => state.root);
  const check = useDocument((state) => state.rootCheck);
  return { document, check };
};

/** There is something to compare. */
export const canCompare = (): boolean => useDocument.getState().root.nodes.length > 0;

/** How the file has it, where that is something else; without a file, how it was opened. */
export function savedState(): NetworkDocument | null {
  const { root, saved } = useDocument.getState();
  return saved === null || saved === root ? null : saved;
}

/** What was comes first, what is second. */
export function compareWithSaved(): void {
  const saved = savedState();
  const { fileName } = useDocument.getState();
  const key = fileName === null ? 'compare.opened' : 'compare.saved';
  if (saved !== null) useCompare.getState().compareWith(saved, { key }, true);
}
