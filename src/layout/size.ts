import type { CheckResult } from '../check/checkedGraph.ts';
import type { DocumentNode, NetworkDocument, Size } from '../graph/document.ts';
import { CARD } from './card.ts';
import { insideOf } from './inside.ts';

/** Size of a node on the canvas. */
export type SizeOf = (node: DocumentNode) => Size;

export const cardSize: SizeOf = () => CARD;

/**
 * Sizes of nodes: of a card, or of an expanded block with its content. The content comes from the check, so a block
 * that could not be checked inside has the size of a card.
 */
export function sizesIn(
  doc: Pick<NetworkDocument, 'blocks' | 'operators' | 'direction'>,
  check: Pick<CheckResult, 'nodes'>,
): SizeOf {
  return (node) => {
    if (!node.open) return CARD;
    const [first] = check.nodes.get(node.id)?.inside ?? [];
    return first === undefined ? CARD : insideOf(doc, first).size;
  };
}
