import type { Position, Size } from '../../../../src/graph/document.ts';

export interface Rect extends Position, Size {}

export const overlap = (a: Rect, b: Rect): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

export const encloses = (outer: Rect, inner: Rect): boolean =>
  outer.x <= inner.x &&
  outer.y <= inner.y &&
  outer.x + outer.width >= inner.x + inner.width &&
  outer.y + outer.height >= inner.y + inner.height;

export const holds = ({ x, y, width, height }: Rect, point: Position): boolean =>
  point.x >= x && point.x <= x + width && point.y >= y && point.y <= y + height;

export const grown = ({ x, y, width, height }: Rect, by: number): Rect => ({
  x: x - by,
  y: y - by,
  width: width + 2 * by,
  height: height + 2 * by,
});

/** The smallest rectangle around the points. */
export function around(points: readonly Position[]): Rect {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { x, y } of points) {
    left = Math.min(left, x);
    top = Math.min(top, y);
    right = Math.max(right, x);
    bottom = Math.max(bottom, y);
  }
  return points.length === 0
    ? { x: 0, y: 0, width: 0, height: 0 }
    : { x: left, y: top, width: right - left, height: bottom - top };
}

/** Bounding box of rectangles; null if there are none. */
export function aroundAll(rects: Iterable<Rect>): Rect | null {
  const corners: Position[] = [];
  for (const { x, y, width, height } of rects) corners.push({ x, y }, { x: x + width, y: y + height });
  return corners.length === 0 ? null : around(corners);
}
