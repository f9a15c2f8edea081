import type { NetworkDocument } from '../../../../src/graph/document.ts';
import { useDocument, useUi } from '../../../state/stores/stores.ts';
import { isEmpty, type Selection } from '../../../state/stores/uiStore.ts';

type Drawing = Pick<NetworkDocument, 'nodes' | 'edges' | 'notes' | 'frames'>;

/** The part of a selection that exists in the drawing; the same object if all of it does. */
export function selectionIn({ nodes, edges, notes, frames }: Drawing, selection: Selection): Selection {
  const ids = (items: readonly { readonly id: string }[]): ReadonlySet<string> => new Set(items.map(({ id }) => id));
  const [nodeIds, edgeIds, asideIds] = [ids(nodes), ids(edges), ids([...notes, ...frames])];
  const left = {
    nodes: selection.nodes.filter((id) => nodeIds.has(id)),
    edges: selection.edges.filter((id) => edgeIds.has(id)),
    annotations: selection.annotations.filter((id) => asideIds.has(id)),
  };
  const same = (['nodes', 'edges', 'annotations'] as const).every(
    (part) => left[part].length === selection[part].length,
  );
  return same ? selection : left;
}

/**
 * Removes deleted items from the selection. If undo or redo removes all selected items, it restores the selection that
 * the restored network had. Further undo and redo do so, too, until the user selects something else.
 */
export function followSelection(): void {
  const known = new WeakMap<NetworkDocument, Selection>();
  let brought: Selection | null = null;
  useDocument.subscribe((state, before) => {
    if (state.document === before.document) return;
    const { selection, select } = useUi.getState();
    if (state.path !== before.path || state.generation !== before.generation) return;
    known.set(before.root, selection);
    let kept = selectionIn(state.document, selection);
    const back = known.get(state.root);
    const again = selection === brought;
    brought = null;
    if (back !== undefined && (isEmpty(kept) || again)) {
      const then = selectionIn(state.document, back);
      if (!isEmpty(then)) kept = then;
    }
    if (kept === selection) return;
    select(kept);
    if (back !== undefined) brought = useUi.getState().selection;
  });
}
