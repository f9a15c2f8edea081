import type { Position } from '../../../../src/graph/document.ts';
import { viewport } from '../scene/viewport.ts';

/** Distance from which a press becomes a drag, in pixels. */
const SLACK = 4;
/** Distance to the edge of the canvas within which a drag pans the view, and the step per frame, in pixels. */
const BORDER = 28;
const PAN = 9;

/** Handlers of a drag. Positions are in document coordinates, except that `drop` gets window pixels. */
export interface Drag {
  begin(point: Position): void;
  move(point: Position): void;
  drop(at: Position): void;
  /** Called after Escape, or if the system cancels the pointer. */
  giveUp(): void;
}

/** Panning per frame during a drag at that position; zero away from the edges of the canvas. */
function panAt({ x, y }: Position, { left, top, right, bottom }: DOMRect): Position {
  const along = (at: number, start: number, end: number): number =>
    at < start + BORDER ? PAN : at > end - BORDER ? -PAN : 0;
  return { x: along(x, left, right), y: along(y, top, bottom) };
}

const isStill = ({ x, y }: Position): boolean => x === 0 && y === 0;

/**
 * Follows the pointer from a press at `start`, in window pixels, to its release. If the press is at the edge of the canvas,
 * the view does not pan until the pointer has left the edge; otherwise the content would move away from the pointer.
 */
export function followPress(start: Position, drag: Drag): void {
  let at = start;
  let dragging = false;
  let frame = 0;
  let away = false;
  const stop = new AbortController();
  const options = { signal: stop.signal, capture: true };
  const move = (): void => {
    const point = viewport.current?.toPoint(at);
    if (point !== undefined) drag.move(point);
  };
  const panOn = (): void => {
    const { current } = viewport;
    if (current === null) return;
    const by = panAt(at, current.frame());
    if (isStill(by)) away = true;
    else if (away) {
      current.pan(by);
      move();
    }
    frame = requestAnimationFrame(panOn);
  };
  const end = (): void => {
    stop.abort();
    cancelAnimationFrame(frame);
  };
  window.addEventListener(
    'pointermove',
    ({ clientX, clientY }) => {
      at = { x: clientX, y: clientY };
      if (!dragging) {
        if (Math.hypot(at.x - start.x, at.y - start.y) < SLACK) return;
        dragging = true;
        const edge = viewport.current?.frame();
        away = edge === undefined || isStill(panAt(start, edge));
        drag.begin(viewport.current?.toPoint(start) ?? start);
        frame = requestAnimationFrame(panOn);
      }
      move();
    },
    options,
  );
  window.addEventListener(
    'pointerup',
    () => {
      end();
      if (dragging) drag.drop(at);
    },
    options,
  );
  window.addEventListener(
    'pointercancel',
    () => {
      end();
      drag.giveUp();
    },
    options,
  );
  window.addEventListener(
    'keydown',
    (event) => {
      if (event.key !== 'Escape' || !dragging) return;
      event.stopPropagation();
      event.preventDefault();
      end();
      drag.giveUp();
    },
    options,
  );
}
