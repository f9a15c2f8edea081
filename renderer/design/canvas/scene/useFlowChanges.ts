import { type EdgeChange, type NodeChange, useStoreApi } from '@xyflow/react';
import { useMemo } from 'react';
import type { Position } from '../../../../src/graph/document.ts';
import { useDocument, useUi } from '../../../state/stores/stores.ts';
import type { FrameFlowNode, NoteFlowNode } from '../annotations/annotationsFlow.ts';
import { beginDrag, isDragGivenUp, whereDragged } from '../gestures/dragging.ts';
import { selectionOf } from './boxes.ts';
import { positionsAfter, selectionAfter } from './flowChanges.ts';
import type { LayerFlowNode, ShapeFlowEdge } from './toFlow.ts';

/** Everything that React Flow calls a node. */
export type CanvasNode = LayerFlowNode | NoteFlowNode | FrameFlowNode;
type Change = NodeChange<CanvasNode> | EdgeChange<ShapeFlowEdge>;

/** Turns drags and selections in React Flow into edits of the document and the selection of the app. */
export function useFlowChanges() {
  const store = useStoreApi<CanvasNode, ShapeFlowEdge>();

  return useMemo(() => {
    const choose = (part: 'nodes' | 'edges', changes: readonly Change[]) => {
      const { multiSelectionActive, nodeLookup, edgeLookup } = store.getState();
      const isLive = (id: string) => (part === 'nodes' ? nodeLookup : edgeLookup).has(id);
      const { selection, select } = useUi.getState();
      const { nodes, edges, annotations } = selection;
      const before = part === 'nodes' ? [...nodes, ...annotations] : edges;
      const after = selectionAfter(before, changes, isLive, multiSelectionActive);
      if (after !== null)
        select({
          ...selection,
          ...(part === 'nodes' ? selectionOf(useDocument.getState().document, after) : { edges: after }),
        });
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
        if (Object.keys(dragged).length > 0 && !isDragGivenUp()) {
          const { nodes, annotations } = useUi.getState().selection;
          const positions = positionsAfter(document, [...nodes, ...annotations], dragged);
          if (dragging) beginDrag(positions);
          transient([{ kind: 'move', positions: whereDragged(positions), byHand: true }]);
          // Moves by keyboard are separate gestures. A drag ends in onNodeDragStop.
          if (!dragging) commit();
        }
        choose('nodes', changes);
      },
      onEdgesChange: (changes: EdgeChange<ShapeFlowEdge>[]): void => choose('edges', changes),
    };
  }, [store]);
}
