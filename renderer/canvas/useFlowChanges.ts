import { type EdgeChange, type NodeChange, type ReactFlowState, useStoreApi } from '@xyflow/react';
import { useEffect, useMemo } from 'react';
import type { NetworkDocument, Position } from '../../src/graph/document.ts';
import { useDocument, useUi } from '../stores/stores.ts';
import type { FrameFlowNode, NoteFlowNode } from './annotationsFlow.ts';
import { boxesOf } from './boxes.ts';
import { whereDragged } from './dragging.ts';
import { encloses, type Rect } from './rect.ts';
import type { LayerFlowNode, ShapeFlowEdge } from './toFlow.ts';

import { seenIn } from './view.ts';

/** Everything that React Flow calls a node. */
export type CanvasNode = LayerFlowNode | NoteFlowNode | FrameFlowNode;
type Change = NodeChange<CanvasNode> | EdgeChange<ShapeFlowEdge>;

/**
 * The selected ids after React Flow's changes; null when they stay. React Flow knows only what is live: without the key
 * for more than one, what it does not know is no longer selected either.
 */
export function selectionAfter(
  before: readonly string[],
  changes: readonly Change[],
  isLive: (id: string) => boolean,
  several: boolean,
): readonly string[] | null {
  const selects = changes.filter((change) => change.type === 'select');
  if (selects.length === 0) return null;
  const after = new Set(several ? before : before.filter(isLive));
  for (const { id, selected } of selects) {
    if (selected) after.add(id);
    else after.delete(id);
  }
  return after.size === before.length && before.every((id) => after.has(id)) ? null : [...after];
}

const moving = ({ nodes, notes, frames }: NetworkDocument, id: string): Position | undefined =>
  [nodes, notes, frames].flatMap((items) => items.find((item) => item.id === id) ?? [])[0]?.position;

/** Where everything goes that moves along: all that is selected goes as far as what is dragged, live or not. */
export function positionsAfter(
  document: NetworkDocument,
  selected: readonly string[],
  dragged: Readonly<Record<string, Position>>,
): Record<string, Position> {
  const positions: Record<string, Position> = {};
  for (const [id, { x, y }] of Object.entries(dragged)) positions[id] = { x: Math.round(x), y: Math.round(y) };
  const [id, to] = Object.entries(positions).find(([candidate]) => selected.includes(candidate)) ?? [];
  const from = id === undefined ? undefined : moving(document, id);
  if (from === undefined || to === undefined) return positions;
  const along = new Set(selected);
  for (const items of [document.nodes, document.notes, document.frames]) {
    for (const { id, position } of items) {
      if (!along.has(id) || positions[id] !== undefined) continue;
      positions[id] = { x: position.x + to.x - from.x, y: position.y + to.y - from.y };
    }
  }
  return positions;
}

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
        const inside = boxesOf(useDocument.getState().document).filter((box) => encloses(rect, box));
        const { selection, select } = useUi.getState();
        const after = byKind(inside.map(({ id }) => id));
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
