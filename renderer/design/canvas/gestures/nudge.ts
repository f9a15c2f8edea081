import type { Position } from '../../../../src/graph/document.ts';
import { currentSizes } from '../../../state/stores/sizes.ts';
import { useDocument, useUi } from '../../../state/stores/stores.ts';
import { boxesOf, withContents } from '../scene/boxes.ts';
import { inBurst } from './burst.ts';

/** An arrow moves what is selected so far. */
export const STEP = 10;

/** Moves what is selected by keys; a burst of presses is one undo step. */
export function nudge(x: number, y: number): void {
  const { nodes, annotations } = useUi.getState().selection;
  const chosen = new Set([...nodes, ...annotations]);
  const { before, document } = useDocument.getState();
  const sizeOf = currentSizes();
  const positions: Record<string, Position> = {};
  for (const box of boxesOf(document, sizeOf)) {
    if (chosen.has(box.id)) positions[box.id] = { x: box.x + x, y: box.y + y };
  }
  // A frame moves only the cards that were in it when the key presses began: it picks up none on its way.
  const all = withContents(before ?? document, positions, sizeOf);
  inBurst('move', [{ kind: 'move', positions: all, byHand: true }]);
}
