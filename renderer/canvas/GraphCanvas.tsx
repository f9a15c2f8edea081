import '@xyflow/react/dist/base.css';
import {
  Background,
  type Connection,
  ConnectionMode,
  type EdgeChange,
  MiniMap,
  type NodeChange,
  Panel,
  ReactFlow,
  ReactFlowProvider,
  useReactFlow,
} from '@xyflow/react';
import { useCallback, useEffect, useMemo, useRef } from 'react';
import type { Edit } from '../../src/graph/edits.ts';
import { Button } from '../controls/Button.tsx';
import { useWords } from '../i18n/i18n.ts';
import { useDocument, useUi } from '../stores/stores.ts';
import { canvas } from './canvasHandle.ts';
import { EmptyCanvas } from './EmptyCanvas.tsx';
import css from './GraphCanvas.module.css';
import { LayerNode } from './LayerNode.tsx';
import { CARD } from './placement.ts';
import { ShapeEdge } from './ShapeEdge.tsx';
import { type Flow, type LayerFlowNode, type ShapeFlowEdge, toFlow } from './toFlow.ts';
import { useDrop } from './useDrop.ts';

const nodeTypes = { layer: LayerNode };
const edgeTypes = { shape: ShapeEdge };
/** Below, the tools and the map keep clear of the cards. */
const fitOptions = { padding: { top: '28px', x: '28px', bottom: '72px' }, maxZoom: 1.1 } as const;

/** What changed in the list of selected ids; null when nothing did. */
function selectionAfter(
  before: readonly string[],
  changes: readonly (NodeChange<LayerFlowNode> | EdgeChange<ShapeFlowEdge>)[],
): readonly string[] | null {
  const after = new Set(before);
  for (const change of changes) {
    if (change.type !== 'select') continue;
    if (change.selected) after.add(change.id);
    else after.delete(change.id);
  }
  return after.size === before.length && before.every((id) => after.has(id)) ? null : [...after];
}

function connect({ source, target, sourceHandle, targetHandle }: Connection): void {
  if (sourceHandle === null || targetHandle === null) return;
  const from = { node: source, port: sourceHandle };
  useDocument.getState().edit([{ kind: 'connect', from, to: { node: target, port: targetHandle } }]);
}

function onNodesChange(changes: NodeChange<LayerFlowNode>[]): void {
  const positions: Record<string, { x: number; y: number }> = {};
  let dragging = false;
  for (const change of changes) {
    if (change.type !== 'position' || change.position === undefined) continue;
    positions[change.id] = { x: Math.round(change.position.x), y: Math.round(change.position.y) };
    dragging ||= change.dragging === true;
  }
  const { transient, commit } = useDocument.getState();
  if (Object.keys(positions).length > 0) {
    transient([{ kind: 'move', positions, byHand: true } satisfies Edit]);
    // Moved by keys: each is a gesture of its own. A drag ends in onNodeDragStop.
    if (!dragging) commit();
  }
  const { selection, select } = useUi.getState();
  const nodes = selectionAfter(selection.nodes, changes);
  if (nodes !== null) select({ ...selection, nodes });
}

function onEdgesChange(changes: EdgeChange<ShapeFlowEdge>[]): void {
  const { selection, select } = useUi.getState();
  const edges = selectionAfter(selection.edges, changes);
  if (edges !== null) select({ ...selection, edges });
}

function useFlow(): Flow {
  const document = useDocument((state) => state.document);
  const check = useDocument((state) => state.check);
  const selection = useUi((state) => state.selection);
  const { language } = useWords();
  const before = useRef<Flow | null>(null);
  return useMemo(() => {
    before.current = toFlow(document, check, selection, language, before.current);
    return before.current;
  }, [document, check, selection, language]);
}

function Surface() {
  const { say } = useWords();
  const flow = useFlow();
  const generation = useDocument((state) => state.generation);
  const instance = useReactFlow<LayerFlowNode, ShapeFlowEdge>();
  const frame = useRef<HTMLElement>(null);
  const drop = useDrop(instance);

  useEffect(() => {
    const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
    const duration = calm ? 0 : 180;
    const positionOf = (id: string) => useDocument.getState().document.nodes.find((node) => node.id === id)?.position;
    const centre = (id: string) => {
      const position = positionOf(id);
      if (position === undefined) return;
      instance.setCenter(position.x + CARD.width / 2, position.y + CARD.height / 2, {
        zoom: Math.max(0.9, instance.getZoom()),
        duration,
      });
    };
    canvas.current = {
      fit: () => instance.fitView({ ...fitOptions, duration }),
      centre,
      reveal(id) {
        const position = positionOf(id);
        const box = frame.current?.getBoundingClientRect();
        if (position === undefined || box === undefined) return;
        const first = instance.flowToScreenPosition(position);
        const last = instance.flowToScreenPosition({ x: position.x + CARD.width, y: position.y + CARD.height });
        const seen = first.x >= box.left && first.y >= box.top && last.x <= box.right && last.y <= box.bottom;
        if (!seen) centre(id);
      },
      middle() {
        const box = frame.current?.getBoundingClientRect() ?? new DOMRect();
        return instance.screenToFlowPosition({ x: box.x + box.width / 2, y: box.y + box.height / 2 });
      },
    };
    return () => {
      canvas.current = null;
    };
  }, [instance]);

  useEffect(() => {
    // Another document took the place of the last: after it has been drawn.
    if (generation > 0) requestAnimationFrame(() => instance.fitView(fitOptions));
  }, [generation, instance]);

  const isValid = useCallback(({ source, target }: Connection | ShapeFlowEdge) => source !== target, []);
  const edges = useMemo(
    () => flow.edges.map((edge) => (edge.id === drop.edge ? { ...edge, className: css.dropTarget } : edge)),
    [flow.edges, drop.edge],
  );

  return (
    <section ref={frame} className={css.canvas} aria-label={say('canvas.title')} {...drop.handlers}>
      <ReactFlow
        nodes={flow.nodes as LayerFlowNode[]}
        edges={edges as ShapeFlowEdge[]}
        nodeTypes={nodeTypes}
        edgeTypes={edgeTypes}
        onNodesChange={onNodesChange}
        onEdgesChange={onEdgesChange}
        onNodeDragStop={() => useDocument.getState().commit()}
        onSelectionDragStop={() => useDocument.getState().commit()}
        onConnect={connect}
        isValidConnection={isValid}
        connectionMode={ConnectionMode.Strict}
        connectionRadius={28}
        // Deleting heals wires, so it is done by an edit of ours.
        deleteKeyCode={null}
        snapToGrid
        snapGrid={[2, 2]}
        fitView
        fitViewOptions={fitOptions}
        minZoom={0.1}
        maxZoom={2.5}
        zoomOnDoubleClick={false}
        elevateNodesOnSelect
      >
        <Background gap={20} size={1.4} />
        {flow.nodes.length > 8 && (
          <MiniMap pannable ariaLabel={say('view.minimap')} className={css.map} style={{ width: 116, height: 72 }} />
        )}
        {flow.nodes.length === 0 && (
          <Panel position="top-center" className={css.empty}>
            <EmptyCanvas />
          </Panel>
        )}
        <Panel position="bottom-left" className={css.tools}>
          <Button icon="zoomIn" label={say('view.zoomIn')} onClick={() => instance.zoomIn({ duration: 120 })} />
          <Button icon="zoomOut" label={say('view.zoomOut')} onClick={() => instance.zoomOut({ duration: 120 })} />
          <Button icon="fit" label={say('view.fit')} hint="F" onClick={() => canvas.current?.fit()} />
        </Panel>
      </ReactFlow>
    </section>
  );
}

export function GraphCanvas() {
  return (
    <ReactFlowProvider>
      <Surface />
    </ReactFlowProvider>
  );
}
