import { useReactFlow, useStoreApi } from '@xyflow/react';
import { useEffect } from 'react';
import { CARD } from '../../src/layout/card.ts';
import { useDocument } from '../stores/stores.ts';
import { canvas } from './canvasHandle.ts';
import { boundsOf, fitTo } from './fit.ts';
import { cardRect, encloses } from './rect.ts';
import { viewOf } from './useDrawn.ts';
import { seenIn } from './view.ts';

/** Lets other panels move the view, and fits it to every document that takes the place of another. */
export function useCanvasHandle(): void {
  const instance = useReactFlow();
  const store = useStoreApi();
  const generation = useDocument((state) => state.generation);

  useEffect(() => {
    const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
    const duration = calm ? 0 : 180;
    const positionOf = (id: string) => useDocument.getState().document.nodes.find((node) => node.id === id)?.position;
    const seen = () => seenIn(viewOf(store.getState()));
    const centre = (id: string) => {
      const position = positionOf(id);
      if (position === undefined) return;
      instance.setCenter(position.x + CARD.width / 2, position.y + CARD.height / 2, {
        zoom: Math.max(0.9, instance.getZoom()),
        duration,
      });
    };
    canvas.current = {
      fit() {
        const bounds = boundsOf(useDocument.getState().document);
        instance.setViewport(fitTo(bounds, store.getState()), { duration });
      },
      centre,
      reveal(id) {
        const position = positionOf(id);
        if (position !== undefined && !encloses(seen(), cardRect(position))) centre(id);
      },
      middle() {
        const { x, y, width, height } = seen();
        return { x: x + width / 2, y: y + height / 2 };
      },
    };
    return () => {
      canvas.current = null;
    };
  }, [instance, store]);

  useEffect(() => {
    if (generation === 0) return;
    instance.setViewport(fitTo(boundsOf(useDocument.getState().document), store.getState()));
  }, [generation, instance, store]);
}
