import type { Card } from '../../src/check/card.ts';
import type { CheckResult } from '../../src/check/checkedGraph.ts';
import type { DocumentNode, NetworkDocument, Position } from '../../src/graph/document.ts';
import type { Area } from '../../src/layout/card.ts';
import { type Inside, insideOf } from '../../src/layout/inside.ts';
import { type Severity, shown, worst } from './severity.ts';

/** A card inside an open block, from the block's upper left corner. */
export interface InnerCard extends Card {
  readonly id: string;
  readonly area: Area;
  readonly severity: Severity;
  readonly inside: InsideContent | null;
}

export interface InnerWire {
  readonly id: string;
  readonly path: string;
  readonly points: readonly Position[];
  readonly label: Position;
  /** Empty where it is unknown or has no room. */
  readonly shape: string;
  /** It leads out of the block, and goes on. */
  readonly leaves: boolean;
}

/** What an open block shows in its place. */
export interface InsideContent {
  readonly cards: readonly InnerCard[];
  readonly wires: readonly InnerWire[];
}

const contentOf = ({ cards, wires }: Inside): InsideContent => ({
  cards: cards.map(({ node, report, card, area, inside }) => ({
    ...card,
    id: node.id,
    area,
    severity: worst(shown(report)),
    inside: inside && contentOf(inside),
  })),
  wires: wires.map(({ id, path, points, label, shape, roomy, leaves }) => ({
    id,
    path,
    points,
    label,
    shape: roomy ? shape : '',
    leaves,
  })),
});

export function insideContentOf(doc: NetworkDocument, check: CheckResult, node: DocumentNode): InsideContent | null {
  const [first] = (node.open && check.nodes.get(node.id)?.inside) || [];
  return first === undefined ? null : contentOf(insideOf(doc, first));
}

/** How many cards are drawn in there, at any depth. */
export const countInside = (inside: InsideContent | null): number =>
  inside?.cards.reduce((sum, card) => sum + 1 + countInside(card.inside), 0) ?? 0;
