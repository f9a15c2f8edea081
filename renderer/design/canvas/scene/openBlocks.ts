import { planOpen } from '../../../../src/layout/makeRoom.ts';
import { canvas } from '../../../state/stores/canvasHandle.ts';
import { useDocument } from '../../../state/stores/stores.ts';
import { glide } from '../../arrange/arrangeStore.ts';

/** The blocks with a known inside among these nodes; by default among all nodes of the drawing. */
export function blocksAmong(ids?: readonly string[]): readonly { readonly id: string; readonly open: boolean }[] {
  const { document, check } = useDocument.getState();
  const named = ids && new Set(ids);
  return document.nodes
    .filter(({ id }) => named?.has(id) ?? true)
    .filter(({ id, open }) => open || (check.nodes.get(id)?.inside ?? []).length > 0)
    .map(({ id, open = false }) => ({ id, open }));
}

/** Expands or collapses blocks on the canvas and moves their neighbors accordingly, as one undo step. */
export function setOpen(ids: readonly string[], open: boolean): void {
  const { document, check, look, commit } = useDocument.getState();
  commit();
  const edits = planOpen(document, check, ids, open);
  if (edits.length === 0) return;
  glide();
  look(edits);
  const [only, ...more] = ids;
  if (only !== undefined && more.length === 0) canvas.current?.reveal(only);
  else canvas.current?.fit();
}
