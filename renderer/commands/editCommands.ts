import type { Fix } from '../../src/graph/diagnostic.ts';
import { canUndo } from '../../src/graph/history.ts';
import { makeRoomFor } from '../canvas/placement.ts';
import { useDocument, useUi } from '../stores/stores.ts';
import { isEmpty } from '../stores/uiStore.ts';
import type { Commands } from './command.ts';

/** Deletes what is selected. A layer on a wire leaves the wire whole. */
function deleteSelection(): void {
  const { selection, select } = useUi.getState();
  const { edit } = useDocument.getState();
  const { nodes, edges } = selection;
  edit([
    ...(edges.length > 0 ? [{ kind: 'disconnect', edges } as const] : []),
    ...(nodes.length > 0 ? [{ kind: 'removeNodes', nodes, heal: true } as const] : []),
  ]);
  select({});
}

/** One undo step, with room made for a layer that a fix puts between two others. */
export function applyFix(fix: Fix): void {
  const { document, edit } = useDocument.getState();
  edit([...fix.edits, ...makeRoomFor(document, fix.edits)]);
}

export const editCommands = {
  undo: {
    title: 'command.undo',
    group: 'edit',
    keys: ['Mod+Z'],
    text: 'undo',
    enabled: () => canUndo(useDocument.getState().history),
    run: () => useDocument.getState().undo(),
  },
  redo: {
    title: 'command.redo',
    group: 'edit',
    keys: ['Mod+Shift+Z', 'Mod+Y'],
    text: 'redo',
    enabled: () => useDocument.getState().history.future.length > 0,
    run: () => useDocument.getState().redo(),
  },
  delete: {
    title: 'command.delete',
    group: 'edit',
    keys: ['Delete', 'Backspace'],
    enabled: () => !isEmpty(useUi.getState().selection),
    run: deleteSelection,
  },
  selectAll: {
    title: 'command.selectAll',
    group: 'edit',
    keys: ['Mod+A'],
    text: 'selectAll',
    run: () => useUi.getState().select({ nodes: useDocument.getState().document.nodes.map(({ id }) => id) }),
  },
} satisfies Commands;
