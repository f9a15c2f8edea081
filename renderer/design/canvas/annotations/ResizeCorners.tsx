import type { PointerEvent } from 'react';
import type { Position, Size } from '../../../../src/graph/document.ts';
import { useDocument } from '../../../state/stores/stores.ts';
import { viewport } from '../scene/viewport.ts';
import css from './Annotations.module.css';

interface Place {
  readonly position: Position;
  readonly size: Size;
}

interface Props extends Place {
  readonly least: Size;
  /** Shows the new position and size; the last one becomes one undo step. */
  onResize(place: Place): void;
}

const corners = ['nw', 'ne', 'se', 'sw'] as const;
const GRID = 2;
const snap = (value: number): number => Math.round(value / GRID) * GRID;

/** Position and size after dragging a corner `by` a distance; the opposite corner stays. */
export function resized({ position, size }: Place, corner: (typeof corners)[number], by: Position, least: Size): Place {
  const west = corner.endsWith('w');
  const north = corner.startsWith('n');
  const width = Math.max(least.width, snap(size.width + (west ? -by.x : by.x)));
  const height = Math.max(least.height, snap(size.height + (north ? -by.y : by.y)));
  return {
    size: { width, height },
    position: {
      x: west ? position.x + size.width - width : position.x,
      y: north ? position.y + size.height - height : position.y,
    },
  };
}

/** Resize handles at the four corners. */
export function ResizeCorners({ position, size, least, onResize }: Props) {
  function onPointerDown(event: PointerEvent, corner: (typeof corners)[number]): void {
    if (event.button !== 0) return;
    event.stopPropagation();
    event.preventDefault();
    const start = viewport.current?.toPoint({ x: event.clientX, y: event.clientY });
    if (start === undefined) return;
    const first = { position, size };
    const stop = new AbortController();
    const options = { signal: stop.signal, capture: true };
    window.addEventListener(
      'pointermove',
      ({ clientX, clientY }) => {
        const now = viewport.current?.toPoint({ x: clientX, y: clientY }) ?? start;
        onResize(resized(first, corner, { x: now.x - start.x, y: now.y - start.y }, least));
      },
      options,
    );
    const end = (): void => {
      stop.abort();
      useDocument.getState().commit();
    };
    window.addEventListener('pointerup', end, options);
    window.addEventListener('pointercancel', end, options);
  }
  return corners.map((corner) => (
    <span
      key={corner}
      data-corner={corner}
      className={`${css.corner} nodrag nopan`}
      onPointerDown={(event) => onPointerDown(event, corner)}
    />
  ));
}
