import type { Frame, NetworkDocument, Position, Size } from '../graph/document.ts';
import type { Area } from './card.ts';
import type { SizeOf } from './size.ts';

/** Distance between a frame and its content; the title is at the top. */
export const FRAME_PADDING = { top: 28, side: 14, bottom: 12 } as const;

const center = ({ x, y }: Position, { width, height }: Size): Position => ({ x: x + width / 2, y: y + height / 2 });
const holds = ({ position, size }: Frame, { x, y }: Position): boolean =>
  x >= position.x && x <= position.x + size.width && y >= position.y && y <= position.y + size.height;

/** Ids of the nodes and notes whose center is in the frame. */
export function membersOf({ nodes, notes }: NetworkDocument, frame: Frame, sizeOf: SizeOf): ReadonlySet<string> {
  return new Set([
    ...nodes.filter((node) => holds(frame, center(node.position, sizeOf(node)))).map(({ id }) => id),
    ...notes.filter(({ position, size }) => holds(frame, center(position, size))).map(({ id }) => id),
  ]);
}

/** The frame, resized to enclose the areas. */
export function frameAround(frame: Frame, areas: readonly Area[]): Frame {
  if (areas.length === 0) return frame;
  const left = Math.min(...areas.map(({ x }) => x)) - FRAME_PADDING.side;
  const top = Math.min(...areas.map(({ y }) => y)) - FRAME_PADDING.top;
  const right = Math.max(...areas.map(({ x, width }) => x + width)) + FRAME_PADDING.side;
  const bottom = Math.max(...areas.map(({ y, height }) => y + height)) + FRAME_PADDING.bottom;
  return { ...frame, position: { x: left, y: top }, size: { width: right - left, height: bottom - top } };
}
