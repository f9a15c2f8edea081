import type { Direction, Position } from '../graph/document.ts';

/** Size of a layer's card; all have the same, so nothing needs measuring. */
export const CARD = { width: 176, height: 68 } as const;
/** Room between a card and the next along the flow: a wire shows its shape there. */
export const GAP = 42;

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
