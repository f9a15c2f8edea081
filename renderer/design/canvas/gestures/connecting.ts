import type { Edge, EdgeEnd, NetworkDocument, Position } from '../../../../src/graph/document.ts';
import type { Edit } from '../../../../src/graph/edits.ts';
import { bestPort, type Candidate, candidatesFor, type Side } from '../../../../src/plan/connection.ts';
import type { Text } from '../../../../src/text.ts';
import { currentSizes } from '../../../state/stores/sizes.ts';
import { useDocument } from '../../../state/stores/stores.ts';
import { cardUnder, type PlacedCandidate, placeCandidates } from '../scene/ports.ts';
import { viewport } from '../scene/viewport.ts';
import { type EdgeDraft, useGesture } from './gesture.ts';

/** Distance within which a port accepts the pointer, in pixels. */
const REACH = 16;

export const otherSide = (side: Side): Side => (side === 'input' ? 'output' : 'input');
const same = (a: EdgeEnd, b: EdgeEnd): boolean => a.node === b.node && a.port === b.port;

/** The candidate at a point: the nearest port within reach, otherwise the best port of the card there. */
export function candidateAt(
  doc: NetworkDocument,
  placed: readonly PlacedCandidate[],
  point: Position,
  reach: number,
): PlacedCandidate | null {
  let [nearest, distance]: [PlacedCandidate | null, number] = [null, reach];
  for (const candidate of placed) {
    const away = Math.hypot(candidate.at.x - point.x, candidate.at.y - point.y);
    if (away <= distance) [nearest, distance] = [candidate, away];
  }
  if (nearest !== null) return nearest;
  const card = cardUnder(doc, point, currentSizes());
  return card === undefined ? null : bestPort(placed, card.id);
}

/** Edits that connect the edge, with a new input if all inputs of a merging layer are connected. */
export const connectEdits = (
  { fixed, side }: Pick<EdgeDraft, 'fixed' | 'side'>,
  { end, grows }: Pick<Candidate, 'end' | 'grows'>,
): readonly Edit[] => [
  ...(grows === undefined ? [] : [{ kind: 'setConfig', node: end.node, key: 'count', value: grows } as const]),
  side === 'output' ? { kind: 'connect', from: fixed, to: end } : { kind: 'connect', from: end, to: fixed },
];

/** Announcement of a new edge for screen readers: both layers, and the replaced edge. */
export function connectedWords(
  { nodes }: Pick<NetworkDocument, 'nodes'>,
  { fixed, side }: Pick<EdgeDraft, 'fixed' | 'side'>,
  { end, replaces }: Pick<Candidate, 'end' | 'replaces'>,
): Text {
  const name = (id: string): string => nodes.find((node) => node.id === id)?.name ?? id;
  const [from, to] = (side === 'output' ? [fixed, end] : [end, fixed]).map(({ node }) => name(node));
  const before = replaces === null ? null : name(replaces.from.node);
  return {
    en: `Connected ${from} to ${to}${before === null ? '' : ` in place of ${before}`}.`,
    zh: `已将 ${from} 连到 ${to}${before === null ? '' : `，取代 ${before}`}。`,
  };
}

/** Starts a new edge at a port. */
export function beginEdge(fixed: EdgeEnd, side: Side, loose: Position): void {
  const { document, check } = useDocument.getState();
  const candidates = placeCandidates(
    document,
    candidatesFor(document, check, fixed, side),
    otherSide(side),
    currentSizes(),
  );
  useGesture.setState({ edge: { fixed, side, candidates, loose, target: null, pickedUp: null, byKey: false } });
}

/** Detaches one end of an edge from its port; everything until the drop is one undo step. */
export function pickUp(edge: Edge, side: Side, loose: Position): void {
  const { transient } = useDocument.getState();
  transient([{ kind: 'disconnect', edges: [edge.id] }]);
  const [fixed, end] = side === 'input' ? [edge.from, edge.to] : [edge.to, edge.from];
  beginEdge(fixed, otherSide(side), loose);
  const drawn = useGesture.getState().edge;
  if (drawn !== null) useGesture.setState({ edge: { ...drawn, pickedUp: end } });
}

export function moveEdge(point: Position): void {
  const { edge } = useGesture.getState();
  if (edge === null) return;
  const { document } = useDocument.getState();
  const reach = REACH / (viewport.current?.zoom() ?? 1);
  const target = candidateAt(document, edge.candidates, point, reach);
  useGesture.setState({ edge: { ...edge, loose: point, target } });
}

/** Cancels the gesture and restores the edge. */
export function giveUpEdge(): void {
  const { edge } = useGesture.getState();
  if (edge?.pickedUp) useDocument.getState().cancel();
  useGesture.setState({ edge: null });
}

/**
 * Drops the edge: on a port or card it connects; in empty space it opens the list of layers, or removes a detached
 * edge.
 */
export function dropEdge(at: Position): void {
  const { edge } = useGesture.getState();
  if (edge === null) return;
  const { fixed, side, target, pickedUp, loose } = edge;
  const { document, transient, commit } = useDocument.getState();
  if (target !== null && !target.allowed) {
    giveUpEdge();
    useGesture.setState({ spoken: target.reason });
    return;
  }
  if (target !== null && pickedUp !== null && same(target.end, pickedUp)) {
    giveUpEdge();
    return;
  }
  useGesture.setState({ edge: null });
  if (target !== null) {
    transient(connectEdits(edge, target));
    useGesture.setState({ spoken: connectedWords(document, edge, target) });
  }
  if (target !== null || pickedUp !== null) {
    commit();
    return;
  }
  const place =
    side === 'output' ? ({ kind: 'behind', from: fixed } as const) : ({ kind: 'before', to: fixed } as const);
  useGesture.setState({ asking: { at, point: loose, place } });
}
