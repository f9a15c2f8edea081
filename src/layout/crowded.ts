import type { NetworkDocument } from '../graph/document.ts';
import { CARD, turned } from './card.ts';

// For the tests of placing cards.

/** The drawing as a row, as close as the rows of its columns are. */
export const lyingDown = (document: NetworkDocument): NetworkDocument => ({
  ...document,
  direction: 'right',
  nodes: document.nodes.map((node) => {
    const { x, y } = turned('right', node.position);
    return { ...node, position: { x: x * 2.4, y } };
  }),
});

/** Pairs of nodes whose cards overlap. */
export const overlaps = ({ nodes }: NetworkDocument): string[] =>
  nodes.flatMap((a, index) =>
    nodes
      .slice(index + 1)
      .filter(
        (b) =>
          Math.abs(a.position.x - b.position.x) < CARD.width && Math.abs(a.position.y - b.position.y) < CARD.height,
      )
      .map((b) => `${a.id} ${b.id}`),
  );
