import { useStoreApi } from '@xyflow/react';
import { useEffect, useLayoutEffect, useMemo, useRef, useSyncExternalStore } from 'react';
import type { NetworkDocument } from '../../../../src/graph/document.ts';
import { useDocument } from '../../../state/stores/stores.ts';
import type { Selection } from '../../../state/stores/uiStore.ts';
import { useWords } from '../../../ui/i18n/i18n.ts';
import { themeSource } from '../../../ui/theme/theme.ts';
import { useFindings } from '../../find/findStore.ts';
import css from '../GraphCanvas.module.css';
import type { InUse } from '../scene/live.ts';
import type { Scene } from '../scene/scene.ts';
import { viewOf } from '../scene/useDrawn.ts';
import { createPainter, type Painter } from './painter.ts';
import type { Picture } from './picture.ts';

interface Props {
  readonly scene: Scene;
  readonly detail: Picture['detail'];
  readonly selection: Selection;
  readonly inUse: InUse;
}

const none: ReadonlySet<string> = new Set();

/** Nodes whose position has changed since the gesture began. */
function movedSince(before: NetworkDocument | null, { nodes }: NetworkDocument): ReadonlySet<string> {
  if (before === null || before.nodes === nodes || before.nodes.length !== nodes.length) return none;
  return new Set(nodes.filter((node, index) => before.nodes[index]?.position !== node.position).map(({ id }) => id));
}

/** Draws the whole network on a 2D canvas behind React Flow, for zoom levels at which cards show few details. */
export function PaintedNetwork({ scene, detail, selection, inUse }: Props) {
  const { language } = useWords();
  const theme = useSyncExternalStore(themeSource.subscribe, themeSource.get);
  const gesture = useDocument((state) => state.before);
  const store = useStoreApi();
  const still = useRef<HTMLCanvasElement>(null);
  const moving = useRef<HTMLCanvasElement>(null);
  const painter = useRef<Painter | null>(null);

  const selected = useMemo(() => ({ nodes: new Set(selection.nodes), edges: new Set(selection.edges) }), [selection]);
  const found = useFindings(({ here }) => here);
  const picture = useRef<Omit<Picture, 'view' | 'density'> | null>(null);
  picture.current = {
    scene,
    detail,
    theme,
    language,
    selected,
    found,
    moving: movedSince(gesture, scene.document),
    pointed: { card: inUse.pointed, edge: inUse.edge },
  };

  useLayoutEffect(() => {
    if (still.current !== null && moving.current !== null)
      painter.current = createPainter(still.current, moving.current);
  }, []);
  const paint = useRef(() => {
    if (picture.current === null) return;
    const view = viewOf(store.getState());
    still.current?.parentElement?.parentElement?.style.setProperty('--zoom', String(view.zoom));
    painter.current?.paint({ ...picture.current, view, density: devicePixelRatio });
  });
  // Runs after every change of the picture, before the browser draws.
  useLayoutEffect(() => paint.current());
  useEffect(() => {
    let frame = 0;
    const onView = store.subscribe((now, before) => {
      if (now.transform === before.transform && now.width === before.width && now.height === before.height) return;
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(paint.current);
    });
    return () => {
      onView();
      cancelAnimationFrame(frame);
    };
  }, [store]);

  return (
    <div className={css.painting}>
      <canvas ref={still} />
      <canvas ref={moving} />
    </div>
  );
}
