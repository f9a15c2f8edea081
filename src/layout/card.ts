import type { Direction, Position, Size } from '../graph/document.ts';

/** Size of a layer's card; all have the same, so nothing needs measuring. */
export const CARD = { width: 176, height: 68 } as const;
/** Room between a card and the next one below: a wire shows its shape there. */
export const GAP = 42;

/** What the flow looks like when it goes down; one that goes right is turned for the sums, and back. */
export interface Pitch {
  /** Of a card, across the flow and along it. */
  readonly card: Size;
  /** Between a card and the next along the flow, where the wire shows its shape. */
  readonly gap: number;
  /** Between cards side by side. */
  readonly beside: number;
  /** Between the parts of a folded network, where the wire goes back. */
  readonly fold: number;
}

export const pitches: Readonly<Record<Direction, Pitch>> = {
  down: { card: CARD, gap: GAP, beside: 32, fold: 74 },
  right: { card: { width: CARD.height, height: CARD.width }, gap: 80, beside: 28, fold: 66 },
};

/** x and y exchanged where data flows to the right, so that it flows along y; the same again turns back. */
export const turned = (direction: Direction, { x, y }: Position): Position =>
  direction === 'down' ? { x, y } : { x: y, y: x };

/** Where port `index` of `count` is: evenly along the side where data enters or leaves. */
export function portPoint(
  card: Position,
  direction: Direction,
  side: 'input' | 'output',
  index: number,
  count: number,
): Position {
  const share = (index + 1) / (count + 1);
  const far = side === 'output' ? 1 : 0;
  return direction === 'down'
    ? { x: card.x + CARD.width * share, y: card.y + CARD.height * far }
    : { x: card.x + CARD.width * far, y: card.y + CARD.height * share };
}
