import type { DocumentNode, EdgeEnd, NetworkDocument, Position } from '../../../../src/graph/document.ts';
import { areaAt, portPoint } from '../../../../src/layout/card.ts';
import type { SizeOf } from '../../../../src/layout/size.ts';
import { type Candidate, portsOf, type Side } from '../../../../src/plan/connection.ts';
import { holds } from './rect.ts';

/** Position of a port; for an unknown port, that of the first. */
export function portAt(doc: NetworkDocument, { node: id, port }: EdgeEnd, side: Side, sizeOf: SizeOf): Position | null {
  const node = doc.nodes.find((candidate) => candidate.id === id);
  if (node === undefined) return null;
  const { inputs, outputs } = portsOf(doc, node);
  const ports = side === 'input' ? inputs : outputs;
  const area = areaAt(node.position, sizeOf(node));
  return portPoint(area, doc.direction, side, Math.max(0, ports.indexOf(port)), Math.max(1, ports.length));
}

/** The card at a point; if several overlap, the last, which is on top. */
export const cardUnder = (doc: NetworkDocument, point: Position, sizeOf: SizeOf): DocumentNode | undefined =>
  doc.nodes.findLast((node) => holds(areaAt(node.position, sizeOf(node)), point));

/** Candidates with their positions on the canvas. */
export interface PlacedCandidate extends Candidate {
  readonly at: Position;
}

export function placeCandidates(
  doc: NetworkDocument,
  candidates: readonly Candidate[],
  side: Side,
  sizeOf: SizeOf,
): readonly PlacedCandidate[] {
  const nodes = new Map(doc.nodes.map((node) => [node.id, node]));
  return candidates.flatMap((candidate) => {
    const node = nodes.get(candidate.end.node);
    if (node === undefined) return [];
    const { inputs, outputs } = portsOf(doc, node);
    const ports = side === 'input' ? inputs : outputs;
    const at = ports.indexOf(candidate.end.port);
    // A port that is created with the edge is placed beside the others.
    const [index, count] = at < 0 ? [ports.length, ports.length + 1] : [at, ports.length];
    return { ...candidate, at: portPoint(areaAt(node.position, sizeOf(node)), doc.direction, side, index, count) };
  });
}
