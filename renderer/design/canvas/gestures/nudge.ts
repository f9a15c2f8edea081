import type { Position } from '../../../../src/graph/document.ts';
import { currentSizes } from '../../../state/stores/sizes.ts';
import { useDocument, useUi } from '../../../state/stores/stores.ts';
import { boxesOf, withContents } from '../scene/boxes.ts';
import { inBurst } from './burst.ts';

/** Distance of one arrow key press, in document units. */
export const STEP = 10;

/** Moves the selection by keys; a burst of presses is one undo step. */
export function nudge(x: number, y: number): void {
  const { nodes, annotations } = useUi.getState().selection;
  const chosen = new Set([...nodes, ...annotations]);
  const { before, document } = useDocument.getState();
  const sizeOf = currentSizes();
  const positions: Record<string, Position> = {};
  for (const box of boxesOf(document, sizeOf)) {
    if (chosen.has(box.id)) positions[box.id] = { x: box.x + x, y: box.y + y };
  }
  // A frame moves the content that it had at the start of the burst, not items that it passes.
  const all = withContents(before ?? document, positions, sizeOf);
  inBurst('move', [{ kind: 'move', positions: all, byHand: true }]);
}
