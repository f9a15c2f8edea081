import { type EdgeChange, type NodeChange, type ReactFlowState, useStoreApi } from '@xyflow/react';
import { useEffect, useMemo } from 'react';
import type { Position } from '../../src/graph/document.ts';
import { useDocument, useUi } from '../stores/stores.ts';
import type { FrameFlowNode, NoteFlowNode } from './annotationsFlow.ts';
import { touchedBy } from './boxes.ts';
import { beginDrag, whereDragged } from './dragging.ts';
import { positionsAfter, selectionAfter } from './flowChanges.ts';
import type { Rect } from './rect.ts';
import { currentSizes } from './sizes.ts';
import type { LayerFlowNode, ShapeFlowEdge } from './toFlow.ts';

import { seenIn } from './view.ts';

/** Everything that React Flow calls a node. */
export type CanvasNode = LayerFlowNode | NoteFlowNode | FrameFlowNode;
type Change = NodeChange<CanvasNode> | EdgeChange<ShapeFlowEdge>;

/** Ids by the part of the selection that they belong to. */
function byKind(ids: readonly string[]): {
  readonly nodes: readonly string[];
  readonly annotations: readonly string[];
} {
  const { notes, frames } = useDocument.getState().document;
  const aside = new Set([...notes, ...frames].map(({ id }) => id));
  return { nodes: ids.filter((id) => !aside.has(id)), annotations: ids.filter((id) => aside.has(id)) };
}

/** The rectangle that is being drawn around cards, in the document's coordinates. */
function selectionRect({ userSelectionRect, transform: [x, y, zoom] }: ReactFlowState): Rect | null {
  if (userSelectionRect === null) return null;
  const { width, height } = userSelectionRect;
  return seenIn({ x: x - userSelectionRect.x, y: y - userSelectionRect.y, zoom, width, height });
}

/** What is dragged and selected in React Flow, as edits of the document and as the app's selection. */
export function useFlowChanges() {
  const store = useStoreApi<CanvasNode, ShapeFlowEdge>();

  useEffect(
    () =>
      store.subscribe((state, before) => {
        if (!state.userSelectionActive || state.userSelectionRect === before.userSelectionRect) return;
        const rect = selectionRect(state as unknown as ReactFlowState);
        if (rect === null) return;
        const touched = touchedBy(useDocument.getState().document, rect, currentSizes());
        const { selection, select } = useUi.getState();
        const after = byKind(touched);
        const same =
          after.nodes.join() === selection.nodes.join() && after.annotations.join() === selection.annotations.join();
        if (!same || selection.edges.length > 0) select(after);
      }),
    [store],
  );

  return useMemo(() => {
    const choose = (part: 'nodes' | 'edges', changes: readonly Change[]) => {
      const { userSelectionActive, multiSelectionActive, nodeLookup, edgeLookup } = store.getState();
      if (userSelectionActive) return;
      const isLive = (id: string) => (part === 'nodes' ? nodeLookup : edgeLookup).has(id);
      const { selection, select } = useUi.getState();
      const { nodes, edges, annotations } = selection;
      const before = part === 'nodes' ? [...nodes, ...annotations] : edges;
      const after = selectionAfter(before, changes, isLive, multiSelectionActive);
      if (after !== null) select({ ...selection, ...(part === 'nodes' ? byKind(after) : { edges: after }) });
    };
    return {
      onNodesChange(changes: NodeChange<CanvasNode>[]): void {
        const dragged: Record<string, Position> = {};
        let dragging = false;
        for (const change of changes) {
          if (change.type !== 'position' || change.position === undefined) continue;
          dragged[change.id] = change.position;
          dragging ||= change.dragging === true;
        }
        const { document, transient, commit } = useDocument.getState();
        if (Object.keys(dragged).length > 0) {
          const { nodes, annotations } = useUi.getState().selection;
          const positions = positionsAfter(document, [...nodes, ...annotations], dragged);
          if (dragging) beginDrag(positions);
          transient([{ kind: 'move', positions: whereDragged(positions), byHand: true }]);
          // Moved by keys: each is a gesture of its own. A drag ends in onNodeDragStop.
          if (!dragging) commit();
        }
        choose('nodes', changes);
      },
      onEdgesChange: (changes: EdgeChange<ShapeFlowEdge>[]): void => choose('edges', changes),
    };
  }, [store]);
}
