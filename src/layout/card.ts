import type { Direction, Position, Size } from '../graph/document.ts';

/** Size of a card; for expanded blocks, see size.ts. */
export const CARD = { width: 176, height: 68 } as const;
/** Distance between a card and the next one below, with space for the shape on the edge. */
export const GAP = 42;

/**
 * Distances between cards, for data flowing down. Layouts with data flowing right are transposed for the computation
 * and transposed back.
 */
export interface Pitch {
  /** Distance between consecutive cards along the flow, with space for the shape on the edge. */
  readonly gap: number;
  /** Distance between cards side by side. */
  readonly beside: number;
  /** Distance between the columns of a folded network, with space for the edge that leads back. */
  readonly fold: number;
}

export const pitches: Readonly<Record<Direction, Pitch>> = {
  down: { gap: GAP, beside: 32, fold: 74 },
  right: { gap: 80, beside: 28, fold: 66 },
};

/** Exchanges x and y if data flows right, so that it flows along y. Applied twice, it restores the position. */
export const turned = (direction: Direction, { x, y }: Position): Position =>
  direction === 'down' ? { x, y } : { x: y, y: x };

/** Exchanges width and height if data flows right, so that the width is across the flow. */
export const turnedSize = (direction: Direction, size: Size): Size =>
  direction === 'down' ? size : { width: size.height, height: size.width };

/** A rectangle on the canvas. */
export interface Area extends Position, Size {}

export const areaAt = ({ x, y }: Position, { width, height }: Size): Area => ({ x, y, width, height });

/** Position of port `index` of `count`. Ports are evenly spaced along the side where data enters or leaves. */
export function portPoint(
  card: Area,
  direction: Direction,
  side: 'input' | 'output',
  index: number,
  count: number,
): Position {
  const share = (index + 1) / (count + 1);
  const far = side === 'output' ? 1 : 0;
  return direction === 'down'
    ? { x: card.x + card.width * share, y: card.y + card.height * far }
    : { x: card.x + card.width * far, y: card.y + card.height * share };
}
