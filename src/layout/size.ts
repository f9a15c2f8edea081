import type { CheckResult } from '../check/checkedGraph.ts';
import type { DocumentNode, NetworkDocument, Size } from '../graph/document.ts';
import { CARD } from './card.ts';
import { insideOf } from './inside.ts';

/** The room that a node takes on the canvas. */
export type SizeOf = (node: DocumentNode) => Size;

export const cardSize: SizeOf = () => CARD;

/**
 * The one place that knows how large a node is drawn: a card, or an open block that is as large as what is inside. The
 * inside is the check's, so a block that could not be looked into stays a card.
 */
export function sizesIn(doc: Pick<NetworkDocument, 'blocks' | 'direction'>, check: Pick<CheckResult, 'nodes'>): SizeOf {
  return (node) => {
    if (!node.open) return CARD;
    const [first] = check.nodes.get(node.id)?.inside ?? [];
    return first === undefined ? CARD : insideOf(doc, first).size;
  };
}
