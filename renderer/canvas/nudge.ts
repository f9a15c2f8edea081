import type { Position } from '../../src/graph/document.ts';
import { useDocument, useUi } from '../stores/stores.ts';
import { boxesOf, withContents } from './boxes.ts';
import { currentSizes } from './sizes.ts';

/** An arrow moves what is selected so far. */
export const STEP = 10;
/** Presses that follow one another within this time are one undo step (ms). */
const BURST = 600;

let timer: ReturnType<typeof setTimeout> | null = null;

/** Moves what is selected by keys; a burst of presses is one undo step. */
export function nudge(x: number, y: number): void {
  const { nodes, annotations } = useUi.getState().selection;
  const chosen = new Set([...nodes, ...annotations]);
  const { before, document, transient, commit } = useDocument.getState();
  const sizeOf = currentSizes();
  const positions: Record<string, Position> = {};
  for (const box of boxesOf(document, sizeOf)) {
    if (chosen.has(box.id)) positions[box.id] = { x: box.x + x, y: box.y + y };
  }
  // What lies in a frame is what lay in it when the burst began: it gathers nothing on its way.
  const all = withContents(before ?? document, positions, sizeOf);
  transient([{ kind: 'move', positions: all, byHand: true }]);
  const gesture = () => useDocument.getState().history.gesture?.before;
  const mine = gesture();
  if (timer !== null) clearTimeout(timer);
  timer = setTimeout(() => {
    timer = null;
    // Something else may have begun meanwhile: typing, say.
    if (gesture() === mine) commit();
  }, BURST);
}
