import { type Clip, clipOf, freeShift, isEmptyClip, paste, readClip, writeClip } from '../../../src/graph/clip.ts';
import type { Position } from '../../../src/graph/document.ts';
import { CARD } from '../../../src/layout/card.ts';
import { UserError } from '../../../src/text.ts';
import type { Commands } from '../../state/commands/command.ts';
import { callDesktop } from '../../state/desktop/desktop.ts';
import { canvas } from '../../state/stores/canvasHandle.ts';
import { currentSizes } from '../../state/stores/sizes.ts';
import { useDocument, useUi } from '../../state/stores/stores.ts';
import { andContents } from '../canvas/scene/boxes.ts';
import { held, viewport } from '../canvas/scene/viewport.ts';
import { deleteSelection } from './editCommands.ts';

/** The selection as a clip, including the content of selected frames. */
function selected(): Clip {
  const { nodes, annotations } = useUi.getState().selection;
  const { document } = useDocument.getState();
  return clipOf(document, andContents(document, [...nodes, ...annotations], currentSizes()));
}

const somethingToCopy = (): boolean => {
  const { nodes, annotations } = useUi.getState().selection;
  return nodes.length + annotations.length > 0;
};

async function copy(): Promise<void> {
  // Text selected in the window has priority over the selection on the canvas.
  if (window.getSelection()?.toString()) await callDesktop('editText', 'copy');
  else if (somethingToCopy()) await callDesktop('writeClipboard', writeClip(selected()));
  useUi.getState().settle('clipboard');
}

async function cut(): Promise<void> {
  const clip = selected();
  await callDesktop('writeClipboard', writeClip(clip));
  const { selection, select, settle } = useUi.getState();
  settle('clipboard');
  const annotations = [...clip.notes, ...clip.frames].map(({ id }) => id);
  select({ edges: selection.edges, nodes: clip.nodes.map(({ id }) => id), annotations });
  deleteSelection(true);
}

function put(clip: Clip, shift: Position, connect: boolean): void {
  const { document, edit } = useDocument.getState();
  const { edits, nodes, annotations } = paste(document, clip, shift, connect);
  edit(edits);
  const { select, settle } = useUi.getState();
  select({ nodes, annotations });
  settle('clipboard');
  const [first] = nodes;
  if (first !== undefined) canvas.current?.reveal(first);
}

/** Shift that moves the center of the clip to the pointer; null if the pointer is not on the canvas. */
function shiftToPointer({ nodes, notes, frames }: Clip): Position | null {
  const { pointer } = held;
  if (pointer === null || viewport.current === null) return null;
  const to = viewport.current.toPoint(pointer);
  const boxes = [...nodes.map((node) => ({ size: CARD, ...node })), ...notes, ...frames];
  const xs = boxes.flatMap(({ position: { x }, size }) => [x, x + size.width]);
  const ys = boxes.flatMap(({ position: { y }, size }) => [y, y + size.height]);
  const middle = (values: readonly number[]): number => (Math.min(...values) + Math.max(...values)) / 2;
  return { x: Math.round(to.x - middle(xs)), y: Math.round(to.y - middle(ys)) };
}

async function pasteClip(connect: boolean): Promise<void> {
  try {
    const clip = readClip(await callDesktop('readClipboard'));
    if (isEmptyClip(clip)) return;
    put(clip, shiftToPointer(clip) ?? freeShift(useDocument.getState().document, clip), connect);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    useUi.getState().notify({ tone: 'bad', about: 'clipboard', message: error.text });
  }
}

function duplicate(connect: boolean): void {
  const clip = selected();
  put(clip, freeShift(useDocument.getState().document, clip), connect);
}

const onSelection = { enabled: somethingToCopy, needs: 'command.needs.copied' } as const;

export const clipboardCommands = {
  cut: { title: 'command.cut', group: 'edit', keys: ['Mod+X'], text: 'cut', ...onSelection, run: cut },
  copy: { title: 'command.copy', group: 'edit', keys: ['Mod+C'], text: 'copy', run: copy },
  paste: { title: 'command.paste', group: 'edit', keys: ['Mod+V'], text: 'paste', run: () => pasteClip(false) },
  pasteConnected: {
    title: 'command.pasteConnected',
    group: 'edit',
    keys: ['Mod+Shift+V'],
    run: () => pasteClip(true),
  },
  duplicate: {
    title: 'command.duplicate',
    group: 'edit',
    keys: ['Mod+D'],
    ...onSelection,
    run: () => duplicate(false),
  },
  duplicateConnected: {
    title: 'command.duplicateConnected',
    group: 'edit',
    keys: ['Mod+Shift+D'],
    ...onSelection,
    run: () => duplicate(true),
  },
} satisfies Commands;
