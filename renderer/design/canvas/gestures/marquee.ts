import { currentSizes } from '../../../state/stores/sizes.ts';
import { useDocument, useUi } from '../../../state/stores/stores.ts';
import { selectionOf, touchedBy } from '../scene/boxes.ts';
import { around } from '../scene/rect.ts';
import { useGesture } from './gesture.ts';
import { followPress } from './press.ts';

/** Ignores the click at the end of a drag. */
function forgoClick(): void {
  const forgone = new AbortController();
  window.addEventListener('click', (event) => event.stopPropagation(), { signal: forgone.signal, capture: true });
  setTimeout(() => forgone.abort());
}

/**
 * A press with Shift on the canvas starts a drag that selects everything its rectangle touches. Shift is read from the
 * press, because its key may have gone down in another window. Returns false if no drag begins.
 */
export function pressMarquee(target: Element, { clientX: x, clientY: y, shiftKey }: PointerEvent): boolean {
  const elsewhere = 'button, input, textarea, .react-flow__handle';
  if (!shiftKey || target.closest('.react-flow__pane') === null || target.closest(elsewhere) !== null) return false;
  const before = useUi.getState();
  let start = { x, y };
  followPress(start, {
    begin(point) {
      start = point;
      // Ends the editing of a field.
      const { activeElement } = document;
      if (activeElement instanceof HTMLElement) activeElement.blur();
    },
    move(point) {
      const marquee = around([start, point]);
      useGesture.setState({ marquee });
      const { selection, inner, select } = useUi.getState();
      const { document } = useDocument.getState();
      const after = selectionOf(document, touchedBy(document, marquee, currentSizes()));
      const same =
        JSON.stringify([after.nodes, after.annotations]) === JSON.stringify([selection.nodes, selection.annotations]);
      if (!same || selection.edges.length > 0 || inner !== null) select(after);
    },
    drop() {
      useGesture.setState({ marquee: null });
      forgoClick();
    },
    giveUp() {
      useGesture.setState({ marquee: null });
      useUi.setState({ selection: before.selection, inner: before.inner });
      forgoClick();
    },
  });
  return true;
}
