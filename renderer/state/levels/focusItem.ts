import { isTyping } from '../../ui/keys/typing.ts';
import { canvas } from '../stores/canvasHandle.ts';
import { useDocument, useUi } from '../stores/stores.ts';
import { innerElement, type Stop, selectInner } from './inner.ts';

/** How many frames it may take until what has just been selected is drawn. */
const FRAMES = 12;

export const elementOf = (id: string): HTMLElement | null =>
  document.querySelector<HTMLElement>(`.react-flow__node[data-id="${CSS.escape(id)}"]`);

function focusSoon(find: () => HTMLElement | null, frames: number): void {
  // The user has gone on to type elsewhere.
  if (isTyping(document.activeElement)) return;
  const element = find();
  element?.focus({ preventScroll: true });
  if (element === null || document.activeElement !== element) {
    if (frames > 0) requestAnimationFrame(() => focusSoon(find, frames - 1));
  }
}

/** Selects a node, note or frame alone, and brings it into view. */
export function selectItem(id: string): void {
  const isNode = useDocument.getState().document.nodes.some((node) => node.id === id);
  useUi.getState().select(isNode ? { nodes: [id] } : { annotations: [id] });
  canvas.current?.reveal(id);
}

/** The same, and it gets the focus as soon as it is drawn. */
export function focusItem(id: string): void {
  selectItem(id);
  requestAnimationFrame(() => focusSoon(() => elementOf(id), FRAMES));
}

/** Selects, shows and focuses what the keyboard has come to. */
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

/** Moves the focus to what comes after the network in the order of the page, or before it. */
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
