import { type ReactFlowState, useStoreApi } from '@xyflow/react';
import { useCallback, useRef, useSyncExternalStore } from 'react';
import type { Scene } from './scene.ts';
import { type DrawnRegion, drawnIn, type View } from './view.ts';

export const viewOf = ({ transform: [x, y, zoom], width, height }: ReactFlowState): View => ({
  x,
  y,
  zoom,
  width,
  height,
});

/** Time without change after which the zoom has settled, in ms. */
const SETTLED = 120;

/**
 * The region to draw. It changes only when the view leaves it or the zoom passes a threshold, so panning renders
 * nothing.
 */
export function useDrawn(scene: Scene, first: View): DrawnRegion {
  const store = useStoreApi();
  const last = useRef<DrawnRegion | null>(null);
  const zooming = useRef(false);
  const subscribe = useCallback(
    (changed: () => void) => {
      let timer: ReturnType<typeof setTimeout> | undefined;
      const settled = () => {
        zooming.current = false;
        changed();
      };
      const stop = store.subscribe((now, before) => {
        if (now.transform[2] !== before.transform[2]) {
          zooming.current = true;
          clearTimeout(timer);
          timer = setTimeout(settled, SETTLED);
        }
        changed();
      });
      return () => {
        clearTimeout(timer);
        stop();
      };
    },
    [store],
  );
  const snapshot = useCallback(() => {
    const view = viewOf(store.getState());
    // React Flow has no size before it is laid out.
    last.current = drawnIn(view.width > 0 ? view : first, scene, last.current, zooming.current);
    return last.current;
  }, [store, scene, first]);
  return useSyncExternalStore(subscribe, snapshot);
}
