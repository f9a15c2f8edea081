import type { Frame, Note, Position, Size } from '../../../../src/graph/document.ts';
import type { Edit } from '../../../../src/graph/edits.ts';
import { freshName, takenIds } from '../../../../src/graph/freshName.ts';
import { selectItem } from '../../../state/levels/focusItem.ts';
import { currentSizes } from '../../../state/stores/sizes.ts';
import { useDocument, useUi } from '../../../state/stores/stores.ts';
import { awaitField } from '../../../ui/keys/typeAhead.ts';
import { inBurst } from '../gestures/burst.ts';
import { useGesture } from '../gestures/gesture.ts';
import { boxesOf, frameAround } from '../scene/boxes.ts';
import { held, viewport } from '../scene/viewport.ts';

const NOTE = { width: 200, height: 96 } as const;
const FRAME = { width: 320, height: 220 } as const;
/** Minimum sizes, in document units. */
export const MIN_SIZE = { note: { width: 80, height: 40 }, frame: { width: 120, height: 80 } } as const;
/** Minimum distance of a new note or frame to the edge of the canvas, in pixels. */
const EDGE = 12;

/** Position of a new note or frame: at a window position, otherwise in the middle. It is always fully visible. */
function placeAt(at: Position | null, { width, height }: Size): Position {
  const { current } = viewport;
  if (current === null) return { x: 0, y: 0 };
  const { left, top, right, bottom } = current.frame();
  const { x, y } = at ?? { x: (left + right) / 2, y: (top + bottom) / 2 };
  const zoom = current.zoom();
  const within = (middle: number, start: number, end: number, size: number): number =>
    Math.max(start + EDGE, Math.min(middle - (size * zoom) / 2, end - size * zoom - EDGE));
  const corner = current.toPoint({ x: within(x, left, right, width), y: within(y, top, bottom, height) });
  return { x: Math.round(corner.x), y: Math.round(corner.y) };
}

/** Starts editing the text of a note or frame on the canvas. */
export function editWords(id: string): void {
  awaitField();
  useGesture.setState({ editing: id });
}

/** Adds an empty note and starts editing it. */
export function addNote(at: Position | null = held.pointer): void {
  const { document, edit } = useDocument.getState();
  const id = freshName('note', takenIds(document));
  const note: Note = { id, text: '', position: placeAt(at, NOTE), size: NOTE };
  edit([{ kind: 'setNote', note }]);
  selectItem(id);
  editWords(id);
}

/** Adds a frame around the selection, or an empty one. */
export function addFrame(at: Position | null = held.pointer): void {
  const { document, edit } = useDocument.getState();
  const { nodes, annotations } = useUi.getState().selection;
  const chosen = new Set([...nodes, ...annotations]);
  const boxes = boxesOf(document, currentSizes()).filter(({ id }) => chosen.has(id));
  const place = boxes.length > 0 ? frameAround(boxes) : { position: placeAt(at, FRAME), size: FRAME };
  const frame: Frame = { id: freshName('frame', takenIds(document)), title: '', colour: 'grey', ...place };
  edit([{ kind: 'setFrame', frame }]);
  selectItem(frame.id);
  editWords(frame.id);
}

/** Resizes selected notes and frames by keyboard; the upper left corner stays. */
export function resizeBy(width: number, height: number): void {
  const { notes, frames } = useDocument.getState().document;
  const chosen = new Set(useUi.getState().selection.annotations);
  const grown = (size: Size, least: Size): Size => ({
    width: Math.max(least.width, size.width + width),
    height: Math.max(least.height, size.height + height),
  });
  inBurst('resize', [
    ...notes
      .filter(({ id }) => chosen.has(id))
      .map((note): Edit => ({ kind: 'setNote', note: { ...note, size: grown(note.size, MIN_SIZE.note) } })),
    ...frames
      .filter(({ id }) => chosen.has(id))
      .map((frame): Edit => ({ kind: 'setFrame', frame: { ...frame, size: grown(frame.size, MIN_SIZE.frame) } })),
  ]);
}
