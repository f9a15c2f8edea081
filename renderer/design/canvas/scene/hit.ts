import type { Position } from '../../../../src/graph/document.ts';
import { grown, holds } from './rect.ts';
import type { Scene, SceneEdge } from './scene.ts';

/** The card at a point in document coordinates; if several overlap, the last, which is on top. Linear search. */
export function cardAt(scene: Scene, point: Position): string | null {
  let hit: string | null = null;
  for (const [id, { area }] of scene.cards) if (holds(area, point)) hit = id;
  return hit;
}

function distanceTo({ points }: SceneEdge, { x, y }: Position): number {
  let nearest = Infinity;
  for (const [index, end] of points.entries()) {
    const start = points[index - 1] ?? end;
    const nearX = Math.max(Math.min(start.x, end.x), Math.min(x, Math.max(start.x, end.x)));
    const nearY = Math.max(Math.min(start.y, end.y), Math.min(y, Math.max(start.y, end.y)));
    nearest = Math.min(nearest, Math.hypot(x - nearX, y - nearY));
  }
  return nearest;
}

/** The nearest edge within `reach` of a point, in document coordinates. */
export function edgeAt(scene: Scene, point: Position, reach: number): string | null {
  let [hit, nearest]: [string | null, number] = [null, reach];
  for (const [id, edge] of scene.edges) {
    if (!holds(grown(edge.bounds, reach), point)) continue;
    const distance = distanceTo(edge, point);
    if (distance <= nearest) [hit, nearest] = [id, distance];
  }
  return hit;
}
