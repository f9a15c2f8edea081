import { getViewportForBounds, type Viewport } from '@xyflow/react';
import type { NetworkDocument, Size } from '../../src/graph/document.ts';
import { areaAt } from '../../src/layout/card.ts';
import type { SizeOf } from '../../src/layout/size.ts';
import { aroundAll, type Rect } from './rect.ts';

/** Below, the tools and the map keep clear of the cards. */
const keptFree = { top: 28, side: 28, bottom: 72 } as const;
/** Inside a block, the way back to the network stands at the top. */
const CRUMBS = 84;
const LARGEST = 1.1;
export const MAX_ZOOM = 2.5;

/** All that lies on the canvas; null when it is empty. */
export const boundsOf = ({ nodes, notes, frames }: NetworkDocument, sizeOf: SizeOf): Rect | null =>
  aroundAll([
    ...nodes.map((node) => areaAt(node.position, sizeOf(node))),
    ...[...notes, ...frames].map(({ position, size }) => ({ ...position, ...size })),
  ]);

/** The view that shows all of it, in a canvas of that size; `inside` a block or not. */
export function fitTo(bounds: Rect | null, { width, height }: Size, inside: boolean): Viewport {
  if (bounds === null) return { x: width / 2, y: height / 3, zoom: 1 };
  const { top, side, bottom } = keptFree;
  return getViewportForBounds(bounds, width, height, 0.002, LARGEST, {
    top: `${inside ? top + CRUMBS : top}px`,
    x: `${side}px`,
    bottom: `${bottom}px`,
  });
}

/** What of a canvas of that size is left for the network. */
export const roomIn = ({ width, height }: Size): Size => ({
  width: width - 2 * keptFree.side,
  height: height - keptFree.top - keptFree.bottom,
});

/** How far out one can zoom: until all is seen, and a little more. In steps, since it is asked while cards are dragged. */
export function minZoom(bounds: Rect | null): number {
  const longest = Math.max(bounds?.width ?? 0, bounds?.height ?? 0);
  return Math.min(0.1, 2 ** Math.floor(Math.log2(200 / (longest + 1))));
}
