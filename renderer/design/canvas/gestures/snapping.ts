import type { Position, Size } from '../../../../src/graph/document.ts';

interface Rect extends Position, Size {}

/** A line through aligned edges or centers, as long as the boxes on it. */
export interface Guide {
  /** `x`: a vertical line at that x; `y`: a horizontal line. */
  readonly axis: 'x' | 'y';
  readonly at: number;
  readonly from: number;
  readonly to: number;
}

export interface SnapResult {
  /** Further shift of the moved boxes. */
  readonly dx: number;
  readonly dy: number;
  readonly guides: readonly Guide[];
}

const GRID = 2;

/** Start, center and end along an axis. */
const lines = (rect: Rect, axis: 'x' | 'y'): readonly number[] => {
  const size = axis === 'x' ? rect.width : rect.height;
  return [rect[axis], rect[axis] + size / 2, rect[axis] + size];
};

/** The smallest shift that aligns a line of `moving` with a line of another box; null if none is in reach. */
function nearest(moving: Rect, others: readonly Rect[], axis: 'x' | 'y', reach: number): number | null {
  let best: number | null = null;
  for (const other of others) {
    for (const [i, line] of lines(other, axis).entries()) {
      for (const [j, own] of lines(moving, axis).entries()) {
        // Centers align with centers, edges with edges.
        if ((i === 1) !== (j === 1)) continue;
        const step = line - own;
        if (Math.abs(step) <= reach && (best === null || Math.abs(step) < Math.abs(best))) best = step;
      }
    }
  }
  return best;
}

/** Guides through the lines that `moving` shares with other boxes. */
function guidesOf(moving: Rect, others: readonly Rect[], axis: 'x' | 'y'): Guide[] {
  const along = axis === 'x' ? 'y' : 'x';
  const length = (rect: Rect): number => (axis === 'x' ? rect.height : rect.width);
  const guides = lines(moving, axis).map((at, i): Guide | null => {
    const onIt = others.filter((other) =>
      lines(other, axis).some((line, j) => (i === 1) === (j === 1) && Math.abs(line - at) < 0.5),
    );
    if (onIt.length === 0) return null;
    const all = [moving, ...onIt];
    return {
      axis,
      at,
      from: Math.min(...all.map((rect) => rect[along])),
      to: Math.max(...all.map((rect) => rect[along] + length(rect))),
    };
  });
  const [start = null, center = null, end = null] = guides;
  // If both edges are aligned, a guide through the center is not needed.
  return [start, start !== null && end !== null ? null : center, end].filter((guide) => guide !== null);
}

/** Aligns the bounding box of the moved items with other boxes within `reach`, otherwise with the grid. */
export function snapTo(moving: Rect, others: readonly Rect[], reach: number): SnapResult {
  const step = (axis: 'x' | 'y'): number =>
    nearest(moving, others, axis, reach) ?? Math.round(moving[axis] / GRID) * GRID - moving[axis];
  const [dx, dy] = [step('x'), step('y')];
  const there = { ...moving, x: moving.x + dx, y: moving.y + dy };
  return { dx, dy, guides: [...guidesOf(there, others, 'x'), ...guidesOf(there, others, 'y')] };
}
