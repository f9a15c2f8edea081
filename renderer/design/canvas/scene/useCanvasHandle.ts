import { useReactFlow, useStoreApi } from '@xyflow/react';
import { useEffect, useRef } from 'react';
import { canvas } from '../../../state/stores/canvasHandle.ts';
import { currentSizes } from '../../../state/stores/sizes.ts';
import { useDocument } from '../../../state/stores/stores.ts';
import { lessMotion } from '../../../ui/controls/lessMotion.ts';
import { boxesOf } from './boxes.ts';
import { fitTo, piecesOf, roomIn } from './fit.ts';
import { forgetViews, keepView, levelKey } from './levelViews.ts';
import { encloses, overlap, type Rect } from './rect.ts';
import { type Scene, sceneOf } from './scene.ts';
import { areaIn } from './stops.ts';
import { viewOf } from './useDrawn.ts';
import { isFit, useKeptFit } from './useKeptFit.ts';
import { visibleArea } from './view.ts';

/** Lets other panels move the view, and fits the view to each newly opened document. */
export function useCanvasHandle(scene: Scene): void {
  const now = useRef(scene);
  now.current = scene;
  const instance = useReactFlow();
  const store = useStoreApi();
  useKeptFit(scene, (view) => void instance.setViewport(view));
  const generation = useDocument((state) => state.generation);

  useEffect(() => {
    const moved = () => ({ duration: lessMotion() ? 0 : 180 });
    const boxOf = (...ids: string[]): Rect | null => {
      const drawing = useDocument.getState();
      const box = boxesOf(drawing.document, currentSizes()).find(({ id }) => id === ids[0]);
      return box === undefined ? null : areaIn(drawing, ids, box);
    };
    const seen = () => visibleArea(viewOf(store.getState()));
    const center = (...ids: string[]) => {
      const box = boxOf(...ids);
      if (box === null) return;
      instance.setCenter(box.x + box.width / 2, box.y + box.height / 2, {
        zoom: Math.max(0.9, instance.getZoom()),
        ...moved(),
      });
    };
    /** Right after an edit, the rendered scene still shows the drawing before it. */
    const sceneOfNow = (): Scene => {
      const { document, check } = useDocument.getState();
      return now.current.document === document ? now.current : sceneOf(document, check, null);
    };
    canvas.current = {
      fit(atOnce = false) {
        const { path } = useDocument.getState();
        instance.setViewport(
          fitTo(piecesOf(sceneOfNow()), store.getState(), path.length > 0),
          atOnce ? undefined : moved(),
        );
      },
      isFit: () => isFit(now.current, viewOf(store.getState())),
      view: () => instance.getViewport(),
      show: (view) => void instance.setViewport(view),
      room: () => roomIn(store.getState()),
      zoom: (factor) => void instance.zoomTo(instance.getZoom() * factor, moved()),
      actualSize: () => void instance.zoomTo(1, moved()),
      center,
      reveal(...ids) {
        const [box, view] = [boxOf(...ids), seen()];
        if (box === null || encloses(view, box)) return;
        // A frame may be larger than the visible area.
        const tooLarge = box.width > view.width || box.height > view.height;
        if (!tooLarge || !overlap(box, view)) center(...ids);
      },
      middle() {
        const { x, y, width, height } = seen();
        return { x: x + width / 2, y: y + height / 2 };
      },
    };
    const key = levelKey(useDocument.getState().path);
    return () => {
      canvas.current = null;
      keepView(key, viewOf(store.getState()));
    };
  }, [instance, store]);

  const fitted = useRef(generation);
  useEffect(() => {
    if (generation === fitted.current) return;
    fitted.current = generation;
    forgetViews();
    instance.setViewport(fitTo(piecesOf(now.current), store.getState(), false));
  }, [generation, instance, store]);
}
