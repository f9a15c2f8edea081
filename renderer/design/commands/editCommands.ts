import { canUndo } from '../../../src/graph/history.ts';
import type { Commands } from '../../state/commands/command.ts';
import { focusStop } from '../../state/levels/focusItem.ts';
import { innerIds } from '../../state/levels/inner.ts';
import { useDocument, useUi } from '../../state/stores/stores.ts';
import { isEmpty } from '../../state/stores/uiStore.ts';

/** Deletes the selection. With `heal`, the neighbors of a deleted layer are connected to each other. */
export function deleteSelection(heal: boolean): void {
  const { selection, inner, select } = useUi.getState();
  const { document, edit, editIn } = useDocument.getState();
  if (inner !== null) {
    editIn(inner.path, [{ kind: 'removeNodes', nodes: [inner.node], heal }], false);
    // A built-in block is read-only, so nothing may have been deleted.
    if (useDocument.getState().document !== document) focusStop(innerIds(inner).slice(0, -1));
    return;
  }
  const { nodes, edges, annotations } = selection;
  edit([
    ...(edges.length > 0 ? [{ kind: 'disconnect', edges } as const] : []),
    ...(nodes.length > 0 ? [{ kind: 'removeNodes', nodes, heal } as const] : []),
    ...(annotations.length > 0 ? [{ kind: 'removeAnnotations', ids: annotations } as const] : []),
  ]);
  // A built-in block is read-only, so nothing may have been deleted.
  if (useDocument.getState().document !== document) select({});
}

/** Selects every layer, note and frame. */
function selectAll(): void {
  const { nodes, notes, frames } = useDocument.getState().document;
  useUi.getState().select({
    nodes: nodes.map(({ id }) => id),
    annotations: [...notes, ...frames].map(({ id }) => id),
  });
}

export const editCommands = {
  undo: {
    title: 'command.undo',
    group: 'edit',
    keys: ['Mod+Z'],
    text: 'undo',
    enabled: () => canUndo(useDocument.getState().history),
    needs: 'command.needs.done',
    run: () => useDocument.getState().undo(),
  },
  redo: {
    title: 'command.redo',
    group: 'edit',
    keys: ['Mod+Shift+Z', 'Mod+Y'],
    text: 'redo',
    enabled: () => useDocument.getState().history.future.length > 0,
    needs: 'command.needs.undone',
    run: () => useDocument.getState().redo(),
  },
  delete: {
    title: 'command.delete',
    group: 'edit',
    keys: ['Delete', 'Backspace'],
    enabled: () => !isEmpty(useUi.getState().selection) || useUi.getState().inner !== null,
    needs: 'command.needs.selection',
    run: () => deleteSelection(true),
  },
  selectAll: {
    title: 'command.selectAll',
    group: 'edit',
    keys: ['Mod+A'],
    text: 'selectAll',
    run: selectAll,
  },
} satisfies Commands;
