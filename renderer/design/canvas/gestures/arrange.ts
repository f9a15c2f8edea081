import type { Position, Size } from '../../../../src/graph/document.ts';

/** Something that takes up room on the canvas: a card, a note or a frame. */
export interface Box extends Position, Size {
  readonly id: string;
}

export const alignments = ['left', 'center', 'right', 'top', 'middle', 'bottom'] as const;
export type Alignment = (typeof alignments)[number];
export type Axis = 'across' | 'down';
type Positions = Readonly<Record<string, Position>>;

/** `start`, middle or end of a box along an axis. */
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

/** Edges or centers on one line: that of the smallest rectangle around all. */
export function align(boxes: readonly Box[], alignment: Alignment): Positions {
  const [axis, share] = shares[alignment];
  const spans = boxes.map((box) => spanOf(box, axis));
  const start = Math.min(...spans.map(([at]) => at));
  const end = Math.max(...spans.map(([at, size]) => at + size));
  const line = start + share * (end - start);
  return Object.fromEntries(boxes.map((box) => [box.id, movedTo(box, axis, line - share * spanOf(box, axis)[1])]));
}

/** Equal gaps between neighbors; the first and the last stay. Fewer than three have nothing between them. */
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
