import type { NetworkDocument } from '../../../src/graph/document.ts';
import { useCompare } from '../../state/stores/compareStore.ts';
import { useDocument } from '../../state/stores/stores.ts';

/** The open network, as a document of its top level. */
export const useOpenNetwork = () => {
  const document = useDocument((state) => state.root);
  const check = useDocument((state) => state.rootCheck);
  return { document, check };
};

/** True if the open network has layers to compare. */
export const canCompare = (): boolean => useDocument.getState().root.nodes.length > 0;

/** The saved or originally opened document, if it differs from the current one. */
export function savedState(): NetworkDocument | null {
  const { root, saved } = useDocument.getState();
  return saved === null || saved === root ? null : saved;
}

/** The earlier network is first, the current one second. */
export function compareWithSaved(): void {
  const saved = savedState();
  const { fileName } = useDocument.getState();
  const key = fileName === null ? 'compare.opened' : 'compare.saved';
  if (saved !== null) useCompare.getState().compareWith(saved, { key }, true);
}
