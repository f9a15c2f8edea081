import { useStoreApi } from '@xyflow/react';
import { useEffect, useRef } from 'react';
import type { CanvasView } from '../../../state/stores/canvasHandle.ts';
import { useDocument } from '../../../state/stores/stores.ts';
import { fitTo, piecesOf } from './fit.ts';
import type { Scene } from './scene.ts';
import { viewOf } from './useDrawn.ts';
import type { View } from './view.ts';

/** True if the view shows the whole scene, fitted to the size of the canvas. */
export function isFit(scene: Scene, { x, y, zoom, width, height }: View): boolean {
  const fit = fitted(scene, { width, height });
  const near = (a: number, b: number, within: number): boolean => Math.abs(a - b) <= within;
  return near(fit.x, x, 1) && near(fit.y, y, 1) && near(fit.zoom, zoom, 0.002);
}

const fitted = (scene: Scene, size: { width: number; height: number }): CanvasView =>
  fitTo(piecesOf(scene), size, useDocument.getState().path.length > 0);

/** Keeps a fitted view fitted when the canvas changes its size. A view moved by the user stays. */
export function useKeptFit(scene: Scene, show: (view: CanvasView) => void): void {
  const now = useRef({ scene, show });
  now.current = { scene, show };
  const store = useStoreApi();
  useEffect(
    () =>
      store.subscribe((state, before) => {
        if (state.width === before.width && state.height === before.height) return;
        const [view, last] = [viewOf(state), viewOf(before)];
        if (last.width === 0 || view.width === 0 || !isFit(now.current.scene, last)) return;
        now.current.show(fitted(now.current.scene, view));
      }),
    [store],
  );
}
