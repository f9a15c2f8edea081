import '@xyflow/react/dist/base.css';
import { Background, type Connection, ConnectionMode, Panel, ReactFlow, ReactFlowProvider } from '@xyflow/react';
import { useLayoutEffect, useMemo, useRef, useState } from 'react';
import { useWords } from '../i18n/i18n.ts';
import { useDocument, useUi } from '../stores/stores.ts';
import { EmptyCanvas } from './EmptyCanvas.tsx';
import { boundsOf, fitTo, MAX_ZOOM, minZoom } from './fit.ts';
import css from './GraphCanvas.module.css';
import { LayerNode } from './LayerNode.tsx';
import { liveOf } from './live.ts';
import { Minimap } from './Minimap.tsx';
import { PaintedNetwork } from './PaintedNetwork.tsx';
import { ShapeEdge } from './ShapeEdge.tsx';
import { type Flow, type LayerFlowNode, type ShapeFlowEdge, toFlow } from './toFlow.ts';
import { useCanvasHandle } from './useCanvasHandle.ts';
import { useDrawn } from './useDrawn.ts';
import { useDrop } from './useDrop.ts';
import { useFlowChanges } from './useFlowChanges.ts';
import { useInUse } from './useInUse.ts';
import { useScene } from './useScene.ts';
import type { View } from './view.ts';
import { ZoomTools } from './ZoomTools.tsx';

const nodeTypes = { layer: LayerNode };
const edgeTypes = { shape: ShapeEdge };
const snapGrid: [number, number] = [2, 2];
/** Below, nothing on a map would not be seen anyway. */
const MAP_FROM = 8;

function connect({ source, target, sourceHandle, targetHandle }: Connection): void {
  if (sourceHandle === null || targetHandle === null) return;
  const from = { node: source, port: sourceHandle };
  useDocument.getState().edit([{ kind: 'connect', from, to: { node: target, port: targetHandle } }]);
}

const isValid = ({ source, target }: Connection | ShapeFlowEdge): boolean => source !== target;
const endDrag = (): void => useDocument.getState().commit();

function Surface({ first }: { readonly first: View }) {
  const { language } = useWords();
  const scene = useScene();
  const drawn = useDrawn(scene, first);
  const selection = useUi((state) => state.selection);
  const changes = useFlowChanges();
  const drop = useDrop(scene);
  const { inUse, handlers } = useInUse(scene, drawn.detail, drop.edge);
  useCanvasHandle();

  const live = useMemo(() => liveOf(scene, drawn, selection, inUse), [scene, drawn, selection, inUse]);
  const before = useRef<Flow | null>(null);
  const flow = useMemo(() => {
    before.current = toFlow(live, selection, language, before.current);
    return before.current;
  }, [live, selection, language]);
  const edges = useMemo(
    () => flow.edges.map((edge) => (edge.id === drop.edge ? { ...edge, className: css.dropTarget } : edge)),
    [flow.edges, drop.edge],
  );
  const painted = drawn.detail !== 'card';

  return (
    <div
      className={css.surface}
      data-detail={drawn.detail}
      data-labels={drawn.labels ? 'on' : 'off'}
      {...handlers}
      {...drop.handlers}
    >
      {painted && <PaintedNetwork scene={scene} detail={drawn.detail} selection={selection} inUse={inUse} />}
      <ReactFlow
        nodes={flow.nodes as LayerFlowNode[]}
        edges={edges as ShapeFlowEdge[]}
        nodeTypes={nodeTypes}
        edgeTypes={edgeTypes}
        {...changes}
        onNodeDragStop={endDrag}
        onSelectionDragStop={endDrag}
        onConnect={connect}
        isValidConnection={isValid}
        connectionMode={ConnectionMode.Strict}
        connectionRadius={28}
        // Deleting heals wires, so it is done by an edit of ours.
        deleteKeyCode={null}
        snapToGrid
        snapGrid={snapGrid}
        defaultViewport={first}
        minZoom={minZoom(boundsOf(scene.document))}
        maxZoom={MAX_ZOOM}
        zoomOnDoubleClick={false}
        elevateNodesOnSelect
      >
        {!painted && <Background gap={20} size={1.4} />}
        {scene.cards.size > MAP_FROM && <Minimap scene={scene} />}
        {scene.cards.size === 0 && (
          <Panel position="top-center" className={css.empty}>
            <EmptyCanvas />
          </Panel>
        )}
        <ZoomTools />
      </ReactFlow>
    </div>
  );
}

export function GraphCanvas() {
  const { say } = useWords();
  const frame = useRef<HTMLElement>(null);
  const [first, setFirst] = useState<View | null>(null);
  useLayoutEffect(() => {
    if (frame.current === null) return;
    const { width, height } = frame.current.getBoundingClientRect();
    setFirst({ ...fitTo(boundsOf(useDocument.getState().document), { width, height }), width, height });
  }, []);
  return (
    <section ref={frame} className={css.canvas} aria-label={say('canvas.title')}>
      <ReactFlowProvider>{first !== null && <Surface first={first} />}</ReactFlowProvider>
    </section>
  );
}
