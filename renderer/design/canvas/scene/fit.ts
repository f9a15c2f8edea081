import { getViewportForBounds, type Viewport } from '@xyflow/react';
import type { NetworkDocument, Size } from '../../../../src/graph/document.ts';
import { areaAt } from '../../../../src/layout/card.ts';
import type { SizeOf } from '../../../../src/layout/size.ts';
import { around, aroundAll, grown, overlap, type Rect } from './rect.ts';
import type { Scene } from './scene.ts';

/** Margins of a fitted network in pixels; the lower one is for tools and minimap. */
const keptFree = { top: 28, side: 28, bottom: 72 } as const;
/** Height of the breadcrumbs at the top inside a block, in pixels. */
const CRUMBS = 84;
/** Size of the tools and the minimap in the lower corners, with a margin. */
const TOOLS = { width: 150, height: 64 } as const;
const MAP = { width: 176, height: 124 } as const;
const LARGEST = 1.1;
export const MAX_ZOOM = 2.5;

/** Bounding box of everything on the canvas; null if it is empty. */
export const boundsOf = ({ nodes, notes, frames }: NetworkDocument, sizeOf: SizeOf): Rect | null =>
  aroundAll([
    ...nodes.map((node) => areaAt(node.position, sizeOf(node))),
    ...[...notes, ...frames].map(({ position, size }) => ({ ...position, ...size })),
  ]);

/** Rectangles of all cards, edge segments, notes and frames. */
export function piecesOf({ document, cards, edges }: Scene): readonly Rect[] {
  const stretches = [...edges.values()].flatMap(({ points }) =>
    points.slice(1).map((end, index) => around([points[index] ?? end, end])),
  );
  const aside = [...document.notes, ...document.frames].map(({ position, size }) => ({ ...position, ...size }));
  return [...[...cards.values()].map(({ area }) => area), ...stretches, ...aside];
}

/** True if the canvas is large enough for a minimap. */
export const hasMap = ({ width, height }: Size): boolean => width >= 480 && height >= 300;

/** Areas of tools and minimap in the lower corners, in canvas pixels. */
const corners = (size: Size): readonly Rect[] => [
  { x: 0, y: size.height - TOOLS.height, ...TOOLS },
  ...(hasMap(size) ? [{ x: size.width - MAP.width, y: size.height - MAP.height, ...MAP }] : []),
];

/**
 * The view that shows all pieces in a canvas of that size; `inside`: inside a block. If tools and minimap would cover a
 * piece, space is kept free below or beside the network, whichever shows it larger.
 */
export function fitTo(pieces: readonly Rect[], { width, height }: Size, inside: boolean): Viewport {
  const bounds = aroundAll(pieces);
  if (bounds === null) return { x: width / 2, y: height / 3, zoom: 1 };
  const { top, side, bottom } = keptFree;
  const view = (right: number, below: number): Viewport =>
    getViewportForBounds(bounds, width, height, 0.002, LARGEST, {
      top: `${inside ? top + CRUMBS : top}px`,
      left: `${side}px`,
      right: `${right}px`,
      bottom: `${below}px`,
    });
  const isClear = ({ x, y, zoom }: Viewport): boolean =>
    corners({ width, height }).every((corner) => {
      const covered = {
        x: (corner.x - x) / zoom,
        y: (corner.y - y) / zoom,
        width: corner.width / zoom,
        height: corner.height / zoom,
      };
      return !pieces.some((piece) => overlap(grown(piece, 0.5), covered));
    });
  const views = [view(side, side), view(side, bottom), view(MAP.width, bottom), view(side, MAP.height)];
  const clear = views.filter(isClear).sort((a, b) => b.zoom - a.zoom);
  return clear[0] ?? view(side, MAP.height);
}

/** Canvas area not covered by tools and minimap, in pixels. */
export const roomIn = ({ width, height }: Size): Size => ({
  width: width - 2 * keptFree.side,
  height: height - keptFree.top - keptFree.bottom,
});

/** Minimum zoom: a little below the one that shows everything. Rounded, so that it rarely changes during a drag. */
export function minZoom(bounds: Rect | null): number {
  const longest = Math.max(bounds?.width ?? 0, bounds?.height ?? 0);
  return Math.min(0.1, 2 ** Math.floor(Math.log2(200 / (longest + 1))));
}
