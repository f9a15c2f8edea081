import '@xyflow/react/dist/base.css';
import { Background, Panel, ReactFlow, ReactFlowProvider } from '@xyflow/react';
import { useLayoutEffect, useMemo, useRef, useState } from 'react';
import { sizesIn } from '../../../src/layout/size.ts';
import { useDocument, useUi } from '../../state/stores/stores.ts';
import { useWords } from '../../ui/i18n/i18n.ts';
import { useArrange } from '../arrange/arrangeStore.ts';
import { FrameNode } from './annotations/FrameNode.tsx';
import { NoteNode } from './annotations/NoteNode.tsx';
import { useAnnotations } from './annotations/useAnnotations.ts';
import { EdgeLabels } from './cards/EdgeLabels.tsx';
import { InsidePreview } from './cards/InsidePreview.tsx';
import { LayerNode } from './cards/LayerNode.tsx';
import { ShapeEdge } from './cards/ShapeEdge.tsx';
import { EmptyCanvas } from './EmptyCanvas.tsx';
import css from './GraphCanvas.module.css';
import { dragOver, endDrag } from './gestures/dragging.ts';
import { Gestures } from './gestures/Gestures.tsx';
import { useDrop } from './gestures/useDrop.ts';
import { Minimap } from './painted/Minimap.tsx';
import { PaintedNetwork } from './painted/PaintedNetwork.tsx';
import { boundsOf, fitTo, MAX_ZOOM, minZoom, piecesOf } from './scene/fit.ts';
import { levelKey, viewOnReturn } from './scene/levelViews.ts';
import { liveOf } from './scene/live.ts';
import { sceneOf } from './scene/scene.ts';
import { type Flow, type ShapeFlowEdge, toFlow } from './scene/toFlow.ts';
import { useCanvasHandle } from './scene/useCanvasHandle.ts';
import { useDrawn } from './scene/useDrawn.ts';
import { type CanvasNode, useFlowChanges } from './scene/useFlowChanges.ts';
import { useInUse } from './scene/useInUse.ts';
import { useScene } from './scene/useScene.ts';
import type { View } from './scene/view.ts';
import { ZoomTools } from './ZoomTools.tsx';

const nodeTypes = { layer: LayerNode, note: NoteNode, frame: FrameNode };
const edgeTypes = { shape: ShapeEdge };
/** A network with more cards than this has a minimap; a smaller one is visible as a whole. */
const MAP_FROM = 8;

const severalKeys = ['Shift', 'Control', 'Meta'];
/** Every mouse button pans. */
const panButtons = [0, 1, 2];

// Constant functions: with new ones at every render, React Flow would render all its parts again.
const onNodeDrag = (_: unknown, { id }: CanvasNode): void => dragOver(id);
const onNodeDragStop = (_: unknown, { id }: CanvasNode): void => endDrag(id);

function Surface({ first }: { readonly first: View }) {
  const { language } = useWords();
  const scene = useScene();
  const drawn = useDrawn(scene, first);
  const selection = useUi((state) => state.selection);
  const changes = useFlowChanges();
  const drop = useDrop(scene);
  const { inUse, handlers } = useInUse(scene, drawn.detail, drop.edge);
  useCanvasHandle(scene);

  const openBlock = useUi((state) => state.inner?.path[0]?.node);
  const live = useMemo(() => {
    const nodes = openBlock === undefined ? selection.nodes : [openBlock];
    return liveOf(scene, drawn, { ...selection, nodes }, inUse);
  }, [scene, drawn, selection, openBlock, inUse]);
  const before = useRef<Flow | null>(null);
  const flow = useMemo(() => {
    before.current = toFlow(scene, live, selection, language, before.current);
    return before.current;
  }, [scene, live, selection, language]);
  const annotations = useAnnotations();
  const nodes = useMemo(
    (): CanvasNode[] => [...annotations.frames, ...flow.nodes, ...annotations.notes],
    [annotations, flow.nodes],
  );
  const painted = drawn.detail !== 'card';
  const gliding = useArrange((state) => state.gliding);

  return (
    <Gestures scene={scene}>
      <div
        className={css.surface}
        data-detail={drawn.detail}
        data-gliding={gliding || undefined}
        {...handlers}
        {...drop.handlers}
      >
        {painted && <PaintedNetwork scene={scene} detail={drawn.detail} selection={selection} inUse={inUse} />}
        <ReactFlow
          nodes={nodes}
          edges={flow.edges as ShapeFlowEdge[]}
          nodeTypes={nodeTypes}
          edgeTypes={edgeTypes}
          {...changes}
          onNodeDrag={onNodeDrag}
          onNodeDragStop={onNodeDragStop}
          // Our own gestures draw edges, and keys run commands.
          nodesConnectable={false}
          edgesFocusable={false}
          disableKeyboardA11y
          // `pressMarquee` draws the selection rectangle.
          selectionKeyCode={null}
          panActivationKeyCode={null}
          panOnDrag={panButtons}
          multiSelectionKeyCode={severalKeys}
          // Our own edit deletes nodes, because it also reconnects their neighbors.
          deleteKeyCode={null}
          defaultViewport={first}
          minZoom={minZoom(boundsOf(scene.document, sizesIn(scene.document, scene.check)))}
          maxZoom={MAX_ZOOM}
          zoomOnDoubleClick={false}
          elevateNodesOnSelect
        >
          {drawn.labels && !painted && <EdgeLabels edges={flow.edges} />}
          {!painted && <Background gap={20} size={1.4} />}
          {scene.cards.size > MAP_FROM && <Minimap scene={scene} />}
          {scene.cards.size === 0 && (
            <Panel position="top-center" className={css.empty}>
              <EmptyCanvas />
            </Panel>
          )}
          <ZoomTools />
        </ReactFlow>
        <InsidePreview />
      </div>
    </Gestures>
  );
}

export function GraphCanvas() {
  const { say } = useWords();
  const frame = useRef<HTMLElement>(null);
  const level = useDocument(({ path }) => levelKey(path));
  const [shown, setShown] = useState<{ readonly level: string; readonly first: View } | null>(null);
  const from = shown?.level;
  useLayoutEffect(() => {
    if (frame.current === null || from === level) return;
    const { width, height } = frame.current.getBoundingClientRect();
    const { document, check, path } = useDocument.getState();
    const { x, y, zoom } =
      (from === undefined ? undefined : viewOnReturn(level, from)) ??
      fitTo(piecesOf(sceneOf(document, check, null)), { width, height }, path.length > 0);
    setShown({ level, first: { x, y, zoom, width, height } });
  }, [level, from]);
  return (
    <section ref={frame} className={css.canvas} data-keys="canvas" tabIndex={-1} aria-label={say('canvas.title')}>
      {shown?.level === level && (
        <ReactFlowProvider key={level}>
          <Surface first={shown.first} />
        </ReactFlowProvider>
      )}
    </section>
  );
}
