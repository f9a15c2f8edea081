import { useUi } from '../stores/stores.ts';
import type { Inner } from '../stores/uiStore.ts';

/** Ids of a keyboard position: one id for an item of the level, several for a card inside open blocks. */
export type Stop = readonly string[];

/** Ids of the selected card inside an open block, outermost block first. */
export const innerIds = ({ path, node }: Inner): readonly string[] => [...path.map((place) => place.node), node];

/** Attribute of the element of a card inside an open block. */
export const innerMark = (ids: readonly string[]) => ({ 'data-inner': JSON.stringify(ids) });

export const innerElement = (ids: readonly string[]): HTMLElement | null =>
  document.querySelector<HTMLElement>(`[data-inner="${CSS.escape(JSON.stringify(ids))}"]`);

/** Ids of the card inside an open block that contains an element; null for any other element. */
export function innerAt(target: Element): readonly string[] | null {
  const ids = target.closest('.react-flow__handle, button') === null ? target.closest('[data-inner]') : null;
  return ids === null ? null : JSON.parse(ids.getAttribute('data-inner') ?? '[]');
}

/** Selects a card inside an open block. A repeated block shows its first copy. */
export function selectInner(ids: readonly string[]): void {
  const [node, ...way] = ids.toReversed();
  if (node === undefined) return;
  useUi.getState().selectInner({ path: way.toReversed().map((id) => ({ node: id, copy: 0 })), node });
}
