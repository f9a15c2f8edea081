import { Panel, useReactFlow, useStore, useStoreApi } from '@xyflow/react';
import { type KeyboardEvent, type PointerEvent, useEffect, useRef, useSyncExternalStore } from 'react';
import { useWords } from '../../../ui/i18n/i18n.ts';
import { themeSource } from '../../../ui/theme/theme.ts';
import { hasMap } from '../scene/fit.ts';
import type { Scene } from '../scene/scene.ts';
import { viewOf } from '../scene/useDrawn.ts';
import { type View, visibleArea } from '../scene/view.ts';
import css from './Minimap.module.css';
import { MAP, mapOf, onMap, paintMap } from './minimapPicture.ts';

/** Distance of one arrow key press, as a fraction of the visible area. */
const STEP = 0.25;
/** Delay in ms during which changes are collected before the map is repainted. */
const SETTLE = 100;
const arrows: Readonly<Record<string, readonly [x: number, y: number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** Minimap, shown if the canvas is large enough. */
export function Minimap({ scene }: { readonly scene: Scene }) {
  return useStore(hasMap) ? <Overview scene={scene} /> : null;
}

/** Draws all cards as colored dots, notes and frames as outlines, and a movable rectangle around the visible area. */
function Overview({ scene }: { readonly scene: Scene }) {
  const { say } = useWords();
  const instance = useReactFlow();
  const store = useStoreApi();
  const theme = useSyncExternalStore(themeSource.subscribe, themeSource.get);
  const canvas = useRef<HTMLCanvasElement>(null);
  const frame = useRef<HTMLSpanElement>(null);
  const map = mapOf(scene);

  const paint = useRef(() => {});
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  useEffect(() => {
    paint.current = () => {
      timer.current = null;
      if (canvas.current !== null) paintMap(canvas.current, scene, theme, devicePixelRatio);
    };
    // During a drag, the map is updated only a few times per second.
    timer.current ??= setTimeout(() => paint.current(), SETTLE);
  }, [scene, theme]);
  useEffect(() => () => clearTimeout(timer.current ?? undefined), []);

  useEffect(() => {
    const show = (view: View) => {
      if (frame.current === null) return;
      const { x, y, width, height } = onMap(map, visibleArea(view));
      Object.assign(frame.current.style, { width: `${width}px`, height: `${height}px` });
      frame.current.style.transform = `translate(${x}px, ${y}px)`;
    };
    show(viewOf(store.getState()));
    return store.subscribe((now, before) => {
      if (now.transform !== before.transform || now.width !== before.width || now.height !== before.height) {
        show(viewOf(now));
      }
    });
  }, [map, store]);

  function look(event: PointerEvent): void {
    const box = event.currentTarget.getBoundingClientRect();
    const x = map.x + (event.clientX - box.x - event.currentTarget.clientLeft) / map.scale;
    const y = map.y + (event.clientY - box.y - event.currentTarget.clientTop) / map.scale;
    instance.setCenter(x, y, { zoom: instance.getZoom() });
  }

  function onKeyDown(event: KeyboardEvent): void {
    const way = arrows[event.key];
    if (way === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    const { x, y, zoom, width, height } = viewOf(store.getState());
    instance.setViewport({ x: x - way[0] * STEP * width, y: y - way[1] * STEP * height, zoom });
  }

  return (
    <Panel position="bottom-right" className={css.panel}>
      <button
        type="button"
        aria-label={say('view.minimap')}
        aria-description={say('view.minimapKeys')}
        className={css.map}
        style={{ width: MAP.width, height: MAP.height }}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          look(event);
        }}
        onPointerMove={(event) => {
          if (event.currentTarget.hasPointerCapture(event.pointerId)) look(event);
        }}
        onKeyDown={onKeyDown}
      >
        <canvas ref={canvas} className={css.picture} />
        <span ref={frame} className={css.frame} />
      </button>
    </Panel>
  );
}
