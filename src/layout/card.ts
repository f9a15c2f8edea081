import type { Direction, Position, Size } from '../graph/document.ts';

/** Size of a card; that of an open block is in size.ts. */
export const CARD = { width: 176, height: 68 } as const;
/** Room between a card and the next one below: an edge shows its shape there. */
export const GAP = 42;

/** What the flow looks like when it goes down; one that goes right is turned for the sums, and back. */
export interface Pitch {
  /** Between a card and the next along the flow, where the edge shows its shape. */
  readonly gap: number;
  /** Between cards side by side. */
  readonly beside: number;
  /** Between the parts of a folded network, where the edge goes back. */
  readonly fold: number;
}

export const pitches: Readonly<Record<Direction, Pitch>> = {
  down: { gap: GAP, beside: 32, fold: 74 },
  right: { gap: 80, beside: 28, fold: 66 },
};

/** x and y exchanged where data flows to the right, so that it flows along y; the same again turns back. */
export const turned = (direction: Direction, { x, y }: Position): Position =>
  direction === 'down' ? { x, y } : { x: y, y: x };

/** The same of a size: what lies across the flow is its width. */
export const turnedSize = (direction: Direction, size: Size): Size =>
  direction === 'down' ? size : { width: size.height, height: size.width };

/** The room that something takes on the canvas. */
export interface Area extends Position, Size {}

export const areaAt = ({ x, y }: Position, { width, height }: Size): Area => ({ x, y, width, height });

/** Where port `index` of `count` is: evenly along the side where data enters or leaves. */
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
