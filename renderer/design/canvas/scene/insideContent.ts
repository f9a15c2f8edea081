import type { Card } from '../../../../src/check/card.ts';
import type { CheckResult, InsideReport } from '../../../../src/check/checkedGraph.ts';
import type { DocumentNode, NetworkDocument, Position } from '../../../../src/graph/document.ts';
import type { Area } from '../../../../src/layout/card.ts';
import { type Inside, insideOf } from '../../../../src/layout/inside.ts';
import type { Text } from '../../../../src/text.ts';
import { type CardNeighbors, describeCard } from '../cards/describeCard.ts';
import { type Severity, shown, worst } from './severity.ts';

/** A card inside an expanded block, relative to the upper left corner of the block. */
export interface InnerCard extends Card {
  readonly id: string;
  readonly area: Area;
  readonly severity: Severity;
  /** Description for screen readers, after kind and name. */
  readonly description: Text;
  readonly inside: InsideContent | null;
}

export interface InnerEdge {
  readonly id: string;
  readonly path: string;
  readonly points: readonly Position[];
  readonly label: Position;
  /** Text of the shape; empty if it is unknown or does not fit. */
  readonly shape: string;
  /** True if the edge leads out of the block. */
  readonly leaves: boolean;
}

/** Drawing inside an expanded block. */
export interface InsideContent {
  readonly cards: readonly InnerCard[];
  readonly edges: readonly InnerEdge[];
}

/** Neighbors of each card in a block, including the ports of the block. */
function connectedIn({ nodes, edges }: InsideReport['drawing']): (id: string) => CardNeighbors {
  const names = new Map(nodes.map(({ id, name }) => [id, name]));
  const named = (id: string): string => names.get(id) ?? id;
  return (id) => ({
    from: edges.filter(({ to }) => to.node === id).map(({ from, to }) => ({ port: to.port, name: named(from.node) })),
    to: edges.filter(({ from }) => from.node === id).map(({ to }) => named(to.node)),
  });
}

/** `frozen`: the block is frozen with all layers inside. */
function contentOf({ cards, edges }: Inside, { drawing }: InsideReport, frozen: boolean): InsideContent {
  const connected = connectedIn(drawing);
  return {
    cards: cards.map(({ node, report, card: own, area, inside }): InnerCard => {
      const card: Card = frozen && own.params > 0 ? { ...own, frozen: 'all' } : own;
      const problems = shown(report);
      const [first] = report?.inside ?? [];
      const state = { expanded: inside !== null, messages: problems.map(({ message }) => message) };
      return {
        ...card,
        id: node.id,
        area,
        severity: worst(problems),
        description: describeCard(card, connected(node.id), state),
        inside: inside !== null && first !== undefined ? contentOf(inside, first, card.frozen === 'all') : null,
      };
    }),
    edges: edges.map(({ id, path, points, label, shape, roomy, leaves }) => ({
      id,
      path,
      points,
      label,
      shape: roomy ? shape : '',
      leaves,
    })),
  };
}

export function insideContentOf(doc: NetworkDocument, check: CheckResult, node: DocumentNode): InsideContent | null {
  const [first] = (node.open && check.nodes.get(node.id)?.inside) || [];
  return first === undefined ? null : contentOf(insideOf(doc, first), first, node.frozen === true);
}

/** Number of cards drawn inside, at any depth. */
export const countInside = (inside: InsideContent | null): number =>
  inside?.cards.reduce((sum, card) => sum + 1 + countInside(card.inside), 0) ?? 0;
