import type { Node as FlowNode } from '@xyflow/react';
import type { Frame, NetworkDocument, Note } from '../../../../src/graph/document.ts';

export type NoteFlowNode = FlowNode<{ readonly note: Note }, 'note'>;
export type FrameFlowNode = FlowNode<{ readonly frame: Frame }, 'frame'>;

export interface AnnotationsFlow {
  readonly frames: readonly FrameFlowNode[];
  readonly notes: readonly NoteFlowNode[];
}

interface Words {
  note(text: string): string;
  frame(title: string): string;
}

/** Stacking order: behind edges and cards, a large frame behind a small one. */
const behind = ({ size }: Frame): number => -1000 - Math.round(Math.sqrt(size.width * size.height));

/** Notes and frames as nodes of React Flow. Unchanged ones are the same objects as in `before`. */
export function annotationsFlow(
  { notes, frames }: NetworkDocument,
  selected: readonly string[],
  words: Words,
  before: AnnotationsFlow | null,
): AnnotationsFlow {
  const chosen = new Set(selected);
  const keep = <N extends NoteFlowNode | FrameFlowNode>(fresh: N, old: N | undefined, same: boolean): N =>
    old !== undefined && same && old.selected === fresh.selected && old.ariaLabel === fresh.ariaLabel ? old : fresh;
  const oldNotes = new Map(before?.notes.map((node) => [node.id, node]));
  const oldFrames = new Map(before?.frames.map((node) => [node.id, node]));
  return {
    frames: frames.map((frame) => {
      const { id, position, size, title } = frame;
      const old = oldFrames.get(id);
      const fresh: FrameFlowNode = {
        id,
        type: 'frame',
        position,
        ...size,
        measured: size,
        data: { frame },
        selected: chosen.has(id),
        zIndex: behind(frame),
        ariaLabel: words.frame(title),
        dragHandle: '[data-drag]',
        // A press inside a frame is a press on the canvas.
        style: { pointerEvents: 'none' },
      };
      return keep(fresh, old, old?.data.frame === frame);
    }),
    notes: notes.map((note) => {
      const { id, position, size, text } = note;
      const old = oldNotes.get(id);
      const fresh: NoteFlowNode = {
        id,
        type: 'note',
        position,
        ...size,
        measured: size,
        data: { note },
        selected: chosen.has(id),
        ariaLabel: words.note(text),
      };
      return keep(fresh, old, old?.data.note === note);
    }),
  };
}
