import { isTyping } from '../../ui/keys/typing.ts';
import { canvas } from '../stores/canvasHandle.ts';
import { useDocument, useUi } from '../stores/stores.ts';
import { innerElement, type Stop, selectInner } from './inner.ts';

/** Maximum number of frames until a newly selected item is rendered. */
const FRAMES = 12;

export const elementOf = (id: string): HTMLElement | null =>
  document.querySelector<HTMLElement>(`.react-flow__node[data-id="${CSS.escape(id)}"]`);

function focusSoon(find: () => HTMLElement | null, frames: number): void {
  // The user has moved on to a text field.
  if (isTyping(document.activeElement)) return;
  const element = find();
  element?.focus({ preventScroll: true });
  if (element === null || document.activeElement !== element) {
    if (frames > 0) requestAnimationFrame(() => focusSoon(find, frames - 1));
  }
}

/** Selects only this node, note or frame, and scrolls it into view. */
export function selectItem(id: string): void {
  const isNode = useDocument.getState().document.nodes.some((node) => node.id === id);
  useUi.getState().select(isNode ? { nodes: [id] } : { annotations: [id] });
  canvas.current?.reveal(id);
}

/** Focuses an item as soon as it is rendered. */
export function focusNew(id: string): void {
  requestAnimationFrame(() => focusSoon(() => elementOf(id), FRAMES));
}

/** Selects an item, and focuses it as soon as it is rendered. */
export function focusItem(id: string): void {
  selectItem(id);
  focusNew(id);
}

/** Selects, reveals and focuses the item that the keyboard has moved to. */
export function focusStop(stop: Stop): void {
  const [id, ...rest] = stop;
  if (id === undefined) return;
  if (rest.length === 0) {
    focusItem(id);
    return;
  }
  selectInner(stop);
  canvas.current?.reveal(...stop);
  requestAnimationFrame(() => focusSoon(() => innerElement(stop), FRAMES));
}

/** Moves the focus to the next element after the canvas in tab order, or to the previous one before it. */
export function leaveCanvas(step: 1 | -1): void {
  const nodes = document.querySelector('.react-flow__renderer');
  if (nodes === null) return;
  const stops = [...document.querySelectorAll<HTMLElement>('a, button, input, select, textarea, [tabindex]')].filter(
    (element) => element.tabIndex >= 0 && !element.matches(':disabled') && element.checkVisibility(),
  );
  const side = step === 1 ? Node.DOCUMENT_POSITION_FOLLOWING : Node.DOCUMENT_POSITION_PRECEDING;
  const beyond = stops.filter(
    (element) =>
      (nodes.compareDocumentPosition(element) & side) !== 0 && !nodes.contains(element) && !element.contains(nodes),
  );
  (step === 1 ? beyond[0] : beyond.at(-1))?.focus();
}
