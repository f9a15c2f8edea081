import type { Frame, Note, Position, Size } from '../../src/graph/document.ts';
import { freshName, takenIds } from '../../src/graph/edits.ts';
import { boxesOf, contentOf, frameAround } from '../canvas/boxes.ts';
import { selectItem } from '../canvas/focusItem.ts';
import { useGesture } from '../canvas/gesture.ts';
import { currentSizes } from '../canvas/sizes.ts';
import { held, viewport } from '../canvas/viewport.ts';
import { useDocument, useUi } from '../stores/stores.ts';
import type { Commands } from './command.ts';

const NOTE = { width: 200, height: 96 } as const;
/** Room between something new and the edge of the canvas, in pixels. */
const EDGE = 12;
const FRAME = { width: 320, height: 220 } as const;

const oneAnnotation = (): string | null => {
  const { nodes, edges, annotations } = useUi.getState().selection;
  return annotations.length === 1 && nodes.length + edges.length === 0 ? (annotations[0] ?? null) : null;
};

const oneFrame = (): Frame | undefined => {
  const id = oneAnnotation();
  return useDocument.getState().document.frames.find((frame) => frame.id === id);
};

/** Where something new goes: at the pointer, else in the middle of what is seen; always wholly in sight. */
function here({ width, height }: Size): Position {
  const { current } = viewport;
  if (current === null) return { x: 0, y: 0 };
  const { left, top, right, bottom } = current.frame();
  const { x, y } = held.pointer ?? { x: (left + right) / 2, y: (top + bottom) / 2 };
  const zoom = current.zoom();
  const within = (at: number, start: number, end: number, size: number): number =>
    Math.max(start + EDGE, Math.min(at - (size * zoom) / 2, end - size * zoom - EDGE));
  const corner = current.toPoint({ x: within(x, left, right, width), y: within(y, top, bottom, height) });
  return { x: Math.round(corner.x), y: Math.round(corner.y) };
}

function addNote(): void {
  const { document, edit } = useDocument.getState();
  const note: Note = { id: freshName('note', takenIds(document)), text: '', position: here(NOTE), size: NOTE };
  edit([{ kind: 'setNote', note }]);
  selectItem(note.id);
  useGesture.setState({ editing: note.id });
}

/** A frame around what is selected, else an empty one. */
function frameSelection(): void {
  const { document, edit } = useDocument.getState();
  const { nodes, annotations } = useUi.getState().selection;
  const chosen = new Set([...nodes, ...annotations]);
  const boxes = boxesOf(document, currentSizes()).filter(({ id }) => chosen.has(id));
  const place = boxes.length > 0 ? frameAround(boxes) : { position: here(FRAME), size: FRAME };
  const frame: Frame = { id: freshName('frame', takenIds(document)), title: '', colour: 'grey', ...place };
  edit([{ kind: 'setFrame', frame }]);
  selectItem(frame.id);
  useGesture.setState({ editing: frame.id });
}

export const annotationCommands = {
  addNote: { title: 'command.addNote', group: 'arrange', keys: ['N'], onCanvas: true, run: addNote },
  frameSelection: { title: 'command.frameSelection', group: 'arrange', keys: ['Mod+Shift+F'], run: frameSelection },
  editText: {
    title: 'command.editText',
    group: 'edit',
    keys: ['F2', 'Enter'],
    onCanvas: true,
    enabled: () => oneAnnotation() !== null,
    run: () => useGesture.setState({ editing: oneAnnotation() }),
  },
  selectInFrame: {
    title: 'command.selectInFrame',
    group: 'edit',
    enabled: () => oneFrame() !== undefined,
    run() {
      const frame = oneFrame();
      const { document } = useDocument.getState();
      if (frame === undefined) return;
      const inside = new Set(contentOf(document, frame, currentSizes()));
      useUi.getState().select({
        nodes: document.nodes.map(({ id }) => id).filter((id) => inside.has(id)),
        annotations: [...document.notes, ...document.frames].map(({ id }) => id).filter((id) => inside.has(id)),
      });
    },
  },
} satisfies Commands;
