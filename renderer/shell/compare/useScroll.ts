import { type PointerEvent, type RefObject, useEffect, useLayoutEffect, useRef } from 'react';

interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

interface Scroll {
  by(x: number, y: number): void;
  /** Scrolls a box to the middle unless it is visible. */
  show(box: Box): void;
  readonly handlers: {
    onScroll(): void;
    onPointerDown(event: PointerEvent<HTMLElement>): void;
    onPointerMove(event: PointerEvent<HTMLElement>): void;
  };
}

/**
 * Synchronized scrolling of two panes: `onScroll` reports scrolling by the user, not scrolling by code. Dragging
 * scrolls, Ctrl and the wheel zoom; a zoom keeps the middle in its position.
 */
export function useScroll(
  frame: RefObject<HTMLElement | null>,
  zoom: number,
  onScroll: (x: number, y: number) => void,
  onZoom: (factor: number) => void,
): Scroll {
  const known = useRef({ x: 0, y: 0 });
  const zoomed = useRef(zoom);

  function to(x: number, y: number): void {
    const element = frame.current;
    if (element === null) return;
    element.scrollTo(x, y);
    known.current = { x: element.scrollLeft, y: element.scrollTop };
  }

  // biome-ignore lint/correctness/useExhaustiveDependencies: only a new zoom scrolls
  useLayoutEffect(() => {
    const element = frame.current;
    const ratio = zoom / zoomed.current;
    zoomed.current = zoom;
    if (element === null || ratio === 1) return;
    const [w, h] = [element.clientWidth / 2, element.clientHeight / 2];
    to((known.current.x + w) * ratio - w, (known.current.y + h) * ratio - h);
  }, [zoom]);

  useEffect(() => {
    const element = frame.current;
    // React's wheel listener is passive and cannot prevent the window from zooming.
    const onWheel = (event: WheelEvent): void => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      onZoom(event.deltaY > 0 ? 0.9 : 1 / 0.9);
    };
    element?.addEventListener('wheel', onWheel, { passive: false });
    return () => element?.removeEventListener('wheel', onWheel);
  }, [frame, onZoom]);

  return {
    by: (x, y) => to((frame.current?.scrollLeft ?? 0) + x, (frame.current?.scrollTop ?? 0) + y),
    show({ left, top, width, height }) {
      const element = frame.current;
      if (element === null) return;
      const { scrollLeft, scrollTop, clientWidth, clientHeight } = element;
      const seen =
        left >= scrollLeft &&
        top >= scrollTop &&
        left + width <= scrollLeft + clientWidth &&
        top + height <= scrollTop + clientHeight;
      if (!seen) to(left + width / 2 - clientWidth / 2, top + height / 2 - clientHeight / 2);
    },
    handlers: {
      onScroll() {
        const { scrollLeft: x = 0, scrollTop: y = 0 } = frame.current ?? {};
        const before = known.current;
        known.current = { x, y };
        if (x !== before.x || y !== before.y) onScroll(x - before.x, y - before.y);
      },
      onPointerDown({ button, target, currentTarget, pointerId }) {
        if (button === 0 && !(target as Element).closest('button')) currentTarget.setPointerCapture(pointerId);
      },
      onPointerMove({ currentTarget, pointerId, movementX, movementY }) {
        if (currentTarget.hasPointerCapture(pointerId)) currentTarget.scrollBy(-movementX, -movementY);
      },
    },
  };
}
