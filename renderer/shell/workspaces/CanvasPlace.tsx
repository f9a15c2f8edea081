import { useEffect, useLayoutEffect, useRef } from 'react';
import { createPortal } from 'react-dom';
import { ArrangeProgress } from '../../design/arrange/ArrangeProgress.tsx';
import { GraphCanvas } from '../../design/canvas/GraphCanvas.tsx';
import { FindBar } from '../../design/find/FindBar.tsx';
import { Breadcrumbs } from '../../design/levels/Breadcrumbs.tsx';
import { canvas } from '../../state/stores/canvasHandle.ts';
import { useWorkspaces } from '../../state/workspaces/workspaceStore.ts';
import { DrawBoundary } from '../boundary/DrawBoundary.tsx';
import css from './CanvasPlace.module.css';

/**
 * Element of the window's only canvas. It moves between workspaces and is never rebuilt, so view and gestures are kept.
 */
const element = document.createElement('div');
element.className = css.canvas ?? '';

/** Parent of the canvas while no workspace shows it. It has a size, without which the canvas could not be laid out. */
const parking = document.createElement('div');
parking.className = css.parking ?? '';

/** Renders the canvas into its element. Mounted once. */
export function Canvas() {
  useLayoutEffect(() => {
    document.body.append(parking);
    if (!element.isConnected) parking.append(element);
    return () => parking.remove();
  }, []);
  useViewsOfWorkspaces();
  return createPortal(
    <>
      <DrawBoundary>
        <GraphCanvas />
      </DrawBoundary>
      <DrawBoundary>
        <ArrangeProgress />
        <Breadcrumbs />
        <FindBar />
      </DrawBoundary>
    </>,
    element,
  );
}

/** The place in the layout where the canvas is shown. */
export function CanvasPlace() {
  const place = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    place.current?.append(element);
    return () => {
      if (element.parentElement === place.current) parking.append(element);
    };
  }, []);
  return <div ref={place} className={css.place} />;
}

/** Each workspace has its own view of the network, which is restored; a new view shows the whole network. */
function useViewsOfWorkspaces(): void {
  const workspace = useWorkspaces((state) => state.workspace);
  const views = useRef(new Map<string, ReturnType<NonNullable<typeof canvas.current>['view']>>());
  const present = useRef(workspace);
  useEffect(() => {
    if (present.current === workspace) return;
    present.current = workspace;
    // React Flow measures its position in the frame after it has moved.
    const frame = requestAnimationFrame(() =>
      requestAnimationFrame(() => {
        const view = views.current.get(workspace);
        if (view === undefined) canvas.current?.fit(true);
        else canvas.current?.show(view);
      }),
    );
    return () => cancelAnimationFrame(frame);
  }, [workspace]);
  useEffect(
    () =>
      useWorkspaces.subscribe((now, before) => {
        if (now.workspace === before.workspace || canvas.current === null) return;
        if (canvas.current.isFit()) views.current.delete(before.workspace);
        else views.current.set(before.workspace, canvas.current.view());
      }),
    [],
  );
}
