import { useUi } from '../stores/stores.ts';
import type { Inner } from '../stores/uiStore.ts';

/** The ids that lead to a place of the keyboard: of an item of the level, or of a card inside open blocks. */
export type Stop = readonly string[];

/** The ids that lead to what is selected inside an open block, from the block inwards. */
export const innerIds = ({ path, node }: Inner): readonly string[] => [...path.map((place) => place.node), node];

/** Marks the element of a card inside an open block. */
export const innerMark = (ids: readonly string[]) => ({ 'data-inner': JSON.stringify(ids) });

export const innerElement = (ids: readonly string[]): HTMLElement | null =>
  document.querySelector<HTMLElement>(`[data-inner="${CSS.escape(JSON.stringify(ids))}"]`);

/** The way to the card inside an open block that an element belongs to; null for any other place. */
export function innerAt(target: Element): readonly string[] | null {
  const ids = target.closest('.react-flow__handle, button') === null ? target.closest('[data-inner]') : null;
  return ids === null ? null : JSON.parse(ids.getAttribute('data-inner') ?? '[]');
}

/** Of a repeated block the first copy is what is drawn. */
export function selectInner(ids: readonly string[]): void {
  const [node, ...way] = ids.toReversed();
  if (node === undefined) return;
  useUi.getState().selectInner({ path: way.toReversed().map((id) => ({ node: id, copy: 0 })), node });
}
