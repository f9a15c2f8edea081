import type { Position, Size } from '../../../../src/graph/document.ts';

interface Rect extends Position, Size {}

/** A line through edges or centers that have come together, as far as the boxes on it reach. */
export interface Guide {
  /** `x`: an upright line at that x. */
  readonly axis: 'x' | 'y';
  readonly at: number;
  readonly from: number;
  readonly to: number;
}

export interface SnapResult {
  /** How much further the moved boxes have to go. */
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

/** The smallest step that brings a line of `moving` on to a line of another; null when none is in reach. */
function nearest(moving: Rect, others: readonly Rect[], axis: 'x' | 'y', reach: number): number | null {
  let best: number | null = null;
  for (const other of others) {
    for (const [i, line] of lines(other, axis).entries()) {
      for (const [j, own] of lines(moving, axis).entries()) {
        // A center meets a center, an edge an edge.
        if ((i === 1) !== (j === 1)) continue;
        const step = line - own;
        if (Math.abs(step) <= reach && (best === null || Math.abs(step) < Math.abs(best))) best = step;
      }
    }
  }
  return best;
}

/** The guides through the lines on which `moving` and others lie. */
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
  // Between both edges, the center says nothing new.
  return [start, start !== null && end !== null ? null : center, end].filter((guide) => guide !== null);
}

/** Brings the rectangle around what is moved to the lines of others within `reach`, else to the grid. */
export function snapTo(moving: Rect, others: readonly Rect[], reach: number): SnapResult {
  const step = (axis: 'x' | 'y'): number =>
    nearest(moving, others, axis, reach) ?? Math.round(moving[axis] / GRID) * GRID - moving[axis];
  const [dx, dy] = [step('x'), step('y')];
  const there = { ...moving, x: moving.x + dx, y: moving.y + dy };
  return { dx, dy, guides: [...guidesOf(there, others, 'x'), ...guidesOf(there, others, 'y')] };
}
