import type { Edit } from '../../../../src/graph/edits.ts';
import { useDocument } from '../../../state/stores/stores.ts';

/** Presses that follow one another within this time are one undo step (ms). */
const BURST = 600;

let open: { readonly kind: string; readonly timer: ReturnType<typeof setTimeout> } | null = null;

/** An edit by a key that is pressed again and again: presses of one kind in a burst are one undo step. */
export function inBurst(kind: string, edits: readonly Edit[]): void {
  const { transient, commit } = useDocument.getState();
  if (open !== null) clearTimeout(open.timer);
  if (open !== null && open.kind !== kind) commit();
  transient(edits);
  const gesture = () => useDocument.getState().history.gesture?.before;
  const mine = gesture();
  const timer = setTimeout(() => {
    open = null;
    // Something else may have begun meanwhile: typing, say.
    if (gesture() === mine) commit();
  }, BURST);
  open = { kind, timer };
}
