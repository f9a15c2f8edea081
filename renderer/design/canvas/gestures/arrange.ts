import type { Position, Size } from '../../../../src/graph/document.ts';

/** Bounding box of a card, note or frame. */
export interface Box extends Position, Size {
  readonly id: string;
}

export const alignments = ['left', 'center', 'right', 'top', 'middle', 'bottom'] as const;
export type Alignment = (typeof alignments)[number];
export type Axis = 'across' | 'down';
type Positions = Readonly<Record<string, Position>>;

/** Start, middle or end of a box along an axis. */
const spanOf = (box: Box, axis: Axis): readonly [start: number, size: number] =>
  axis === 'across' ? [box.x, box.width] : [box.y, box.height];
const movedTo = ({ x, y }: Box, axis: Axis, start: number): Position =>
  axis === 'across' ? { x: Math.round(start), y } : { x, y: Math.round(start) };

const shares: Readonly<Record<Alignment, readonly [axis: Axis, share: number]>> = {
  left: ['across', 0],
  center: ['across', 0.5],
  right: ['across', 1],
  top: ['down', 0],
  middle: ['down', 0.5],
  bottom: ['down', 1],
};

/** Aligns edges or centers of the boxes with those of their bounding box. */
export function align(boxes: readonly Box[], alignment: Alignment): Positions {
  const [axis, share] = shares[alignment];
  const spans = boxes.map((box) => spanOf(box, axis));
  const start = Math.min(...spans.map(([at]) => at));
  const end = Math.max(...spans.map(([at, size]) => at + size));
  const line = start + share * (end - start);
  return Object.fromEntries(boxes.map((box) => [box.id, movedTo(box, axis, line - share * spanOf(box, axis)[1])]));
}

/** Makes the gaps between neighbors equal; the first and the last box stay. Needs at least three boxes. */
export function distribute(boxes: readonly Box[], axis: Axis): Positions {
  const middle = (box: Box): number => spanOf(box, axis)[0] + spanOf(box, axis)[1] / 2;
  const inOrder = boxes.toSorted((a, b) => middle(a) - middle(b));
  const [first, last] = [inOrder[0], inOrder.at(-1)];
  if (first === undefined || last === undefined || boxes.length < 3) return {};
  const [start] = spanOf(first, axis);
  const [lastStart, lastSize] = spanOf(last, axis);
  const sizes = inOrder.reduce((sum, box) => sum + spanOf(box, axis)[1], 0);
  const gap = (lastStart + lastSize - start - sizes) / (boxes.length - 1);
  const positions: Record<string, Position> = {};
  let at = start;
  for (const box of inOrder) {
    positions[box.id] = movedTo(box, axis, at);
    at += spanOf(box, axis)[1] + gap;
  }
  return positions;
}
