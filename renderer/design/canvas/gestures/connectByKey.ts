import type { EdgeEnd, NetworkDocument, Position } from '../../../../src/graph/document.ts';
import { type Candidate, candidatesFor, portsOf, rankOf, type Side } from '../../../../src/plan/connection.ts';
import type { Text } from '../../../../src/text.ts';
import { canvas } from '../../../state/stores/canvasHandle.ts';
import { currentSizes } from '../../../state/stores/sizes.ts';
import { useDocument } from '../../../state/stores/stores.ts';
import { type PlacedCandidate, placeCandidates, portAt } from '../scene/ports.ts';
import { connectEdits, connectedWords, otherSide } from './connecting.ts';
import { useGesture } from './gesture.ts';

/** Candidates in keyboard order: by rank (free ports and those that fit come first), then by distance. */
export function inKeyboardOrder(placed: readonly PlacedCandidate[], from: Position): readonly PlacedCandidate[] {
  const away = ({ at }: PlacedCandidate): number => Math.hypot(at.x - from.x, at.y - from.y);
  return placed.toSorted((a, b) => rankOf(a) - rankOf(b) || away(a) - away(b));
}

/** Port from which a node is connected by keyboard: its output; without one, its first free input or its first input. */
export function firstEnd(doc: NetworkDocument, id: string): { readonly fixed: EdgeEnd; readonly side: Side } | null {
  const node = doc.nodes.find((candidate) => candidate.id === id);
  if (node === undefined) return null;
  const { inputs, outputs } = portsOf(doc, node);
  const [output] = outputs;
  if (output !== undefined) return { fixed: { node: id, port: output }, side: 'output' };
  const free = (port: string) => !doc.edges.some(({ to }) => to.node === id && to.port === port);
  const input = inputs.find(free) ?? inputs[0];
  return input === undefined ? null : { fixed: { node: id, port: input }, side: 'input' };
}

/** Announcement of a candidate for screen readers: its layer, its port, and why the edge fits or not. */
function spokenOf(doc: NetworkDocument, { end, reason }: Candidate, index: number, count: number): Text {
  const name = doc.nodes.find(({ id }) => id === end.node)?.name ?? end.node;
  const words = reason ?? { en: 'Fits.', zh: '合适。' };
  return {
    en: `${name}, ${end.port}, ${index + 1} of ${count}. ${words.en}`,
    zh: `${name}，${end.port}，第 ${index + 1} 个，共 ${count} 个。${words.zh}`,
  };
}

function aim(step: number): void {
  const { edge } = useGesture.getState();
  if (edge === null || edge.candidates.length === 0) return;
  const { candidates } = edge;
  const before = edge.target === null ? -1 : candidates.indexOf(edge.target);
  const index = (before + step + candidates.length) % candidates.length;
  const target = candidates[index];
  if (target === undefined) return;
  const spoken = spokenOf(useDocument.getState().document, target, index, candidates.length);
  useGesture.setState({ edge: { ...edge, target, loose: target.at }, spoken });
  canvas.current?.reveal(target.end.node);
}

/** Starts connecting from a node. Arrow keys then go through the ports, Enter connects, Escape cancels. */
export function connectFrom(id: string): void {
  const { document, check } = useDocument.getState();
  const end = firstEnd(document, id);
  const from = end && portAt(document, end.fixed, end.side, currentSizes());
  if (end === null || from === null) return;
  const placed = placeCandidates(
    document,
    candidatesFor(document, check, end.fixed, end.side),
    otherSide(end.side),
    currentSizes(),
  );
  const others = placed.filter((candidate) => candidate.end.node !== id);
  if (others.length === 0) {
    useGesture.setState({ spoken: { en: 'There is no other layer to connect to.', zh: '没有别的层可以连接。' } });
    return;
  }
  const candidates = inKeyboardOrder(others, from);
  useGesture.setState({ edge: { ...end, candidates, loose: from, target: null, pickedUp: null, byKey: true } });
  aim(1);
}

function accept(): void {
  const { edge } = useGesture.getState();
  const target = edge?.target;
  if (!edge || !target) return;
  if (!target.allowed) {
    // Announced again, because nothing else changes.
    useGesture.setState({ spoken: target.reason && { ...target.reason } });
    return;
  }
  const { document, edit } = useDocument.getState();
  edit(connectEdits(edge, target));
  useGesture.setState({ edge: null, spoken: connectedWords(document, edge, target) });
}

/** Handles a key while an edge is drawn by keyboard; returns false if the key has no meaning then. */
export function connectingKey(key: string): boolean {
  if (key === 'ArrowRight' || key === 'ArrowDown') aim(1);
  else if (key === 'ArrowLeft' || key === 'ArrowUp') aim(-1);
  else if (key === 'Enter') accept();
  else if (key === 'Escape') useGesture.setState({ edge: null, spoken: { en: 'Not connected.', zh: '未连接。' } });
  else return false;
  return true;
}
