import type { Edit } from '../../../../src/graph/edits.ts';
import { useDocument } from '../../../state/stores/stores.ts';

/** Key presses within this time (ms) are one undo step. */
const BURST = 600;

let open: { readonly kind: string; readonly timer: ReturnType<typeof setTimeout> } | null = null;

/** Applies an edit made by a key; presses of one kind in quick succession are one undo step. */
export function inBurst(kind: string, edits: readonly Edit[]): void {
  const { transient, commit } = useDocument.getState();
  if (open !== null) clearTimeout(open.timer);
  if (open !== null && open.kind !== kind) commit();
  transient(edits);
  const gesture = () => useDocument.getState().history.gesture?.before;
  const mine = gesture();
  const timer = setTimeout(() => {
    open = null;
    // Another gesture, such as typing, may have begun meanwhile.
    if (gesture() === mine) commit();
  }, BURST);
  open = { kind, timer };
}
