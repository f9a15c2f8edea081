import { useReactFlow } from '@xyflow/react';
import { type RefObject, useEffect, useRef } from 'react';
import { edgeAt } from './hit.ts';
import type { Scene } from './scene.ts';
import { viewport } from './viewport.ts';

/** Provides the position and scale of the canvas to gestures. */
export function useViewport(scene: Scene, frame: RefObject<HTMLElement | null>): void {
  const instance = useReactFlow();
  const now = useRef(scene);
  now.current = scene;
  useEffect(() => {
    viewport.current = {
      toPoint: (at) => instance.screenToFlowPosition(at, { snapToGrid: false }),
      toWindow: (point) => instance.flowToScreenPosition(point),
      zoom: () => instance.getZoom(),
      pan({ x, y }) {
        const view = instance.getViewport();
        instance.setViewport({ ...view, x: view.x + x, y: view.y + y });
      },
      frame: () => frame.current?.getBoundingClientRect() ?? new DOMRect(),
      middleOf: (edge) => now.current.edges.get(edge)?.label ?? null,
      edgeAt: (point, reach) => edgeAt(now.current, point, reach / instance.getZoom()),
    };
    return () => {
      viewport.current = null;
    };
  }, [instance, frame]);
}
