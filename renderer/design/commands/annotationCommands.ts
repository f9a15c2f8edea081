import type { Frame } from '../../../src/graph/document.ts';
import type { Command, Commands } from '../../state/commands/command.ts';
import { currentSizes } from '../../state/stores/sizes.ts';
import { useDocument, useUi } from '../../state/stores/stores.ts';
import { addFrame, addNote, editWords, resizeBy } from '../canvas/annotations/annotate.ts';
import { contentOf } from '../canvas/scene/boxes.ts';

const oneAnnotation = (): string | null => {
  const { nodes, edges, annotations } = useUi.getState().selection;
  return annotations.length === 1 && nodes.length + edges.length === 0 ? (annotations[0] ?? null) : null;
};

const oneFrame = (): Frame | undefined => {
  const id = oneAnnotation();
  return useDocument.getState().document.frames.find((frame) => frame.id === id);
};

/** Change of width or height per key press, in document units. */
const STEP = 10;

const sizing = (title: Command['title'], key: string, width: number, height: number): Command => ({
  title,
  group: 'arrange',
  keys: [key],
  onCanvas: true,
  enabled: () => useUi.getState().selection.annotations.length > 0,
  needs: 'command.needs.annotation',
  run: () => resizeBy(width * STEP, height * STEP),
});

export const annotationCommands = {
  addNote: { title: 'command.addNote', group: 'arrange', keys: ['N'], onCanvas: true, run: () => addNote() },
  frameSelection: { title: 'command.frameSelection', group: 'arrange', keys: ['Mod+Shift+F'], run: () => addFrame() },
  editText: {
    title: 'command.editText',
    group: 'edit',
    keys: ['F2', 'Enter'],
    onCanvas: true,
    enabled: () => oneAnnotation() !== null,
    needs: 'command.needs.annotation',
    run() {
      const id = oneAnnotation();
      if (id !== null) editWords(id);
    },
  },
  selectInFrame: {
    title: 'command.selectInFrame',
    group: 'edit',
    enabled: () => oneFrame() !== undefined,
    needs: 'command.needs.frame',
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
  wider: sizing('command.wider', 'Alt+Shift+ArrowRight', 1, 0),
  narrower: sizing('command.narrower', 'Alt+Shift+ArrowLeft', -1, 0),
  taller: sizing('command.taller', 'Alt+Shift+ArrowDown', 0, 1),
  shorter: sizing('command.shorter', 'Alt+Shift+ArrowUp', 0, -1),
} satisfies Commands;
