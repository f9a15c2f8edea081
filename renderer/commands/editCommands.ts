import type { Fix } from '../../src/graph/diagnostic.ts';
import { makeRoomFor } from '../canvas/placement.ts';
import { useDocument, useUi } from '../stores/stores.ts';

/** Deletes what is selected. A layer on a wire leaves the wire whole. */
export function deleteSelection(): void {
  const { selection, select } = useUi.getState();
  const { edit } = useDocument.getState();
  const { nodes, edges } = selection;
  if (nodes.length === 0 && edges.length === 0) return;
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

export function undo(): void {
  useDocument.getState().undo();
}

export function redo(): void {
  useDocument.getState().redo();
}

export function selectAll(): void {
  useUi.getState().select({ nodes: useDocument.getState().document.nodes.map(({ id }) => id) });
}
