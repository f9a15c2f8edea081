import type { Edge, EdgeEnd, NetworkDocument, Position } from '../../../../src/graph/document.ts';
import type { Side } from '../../../../src/plan/connection.ts';
import { currentSizes } from '../../../state/stores/sizes.ts';
import { useDocument } from '../../../state/stores/stores.ts';
import { portAt } from '../scene/ports.ts';
import { viewport } from '../scene/viewport.ts';
import { beginEdge, dropEdge, giveUpEdge, moveEdge, pickUp } from './connecting.ts';
import { useGesture } from './gesture.ts';
import { followPress } from './press.ts';

/** Distance to the end of an edge within which a press detaches it, in pixels. */
const END = 34;
interface Grip {
  /** Starts the edge with a loose end. */
  begin(loose: Position): void;
}

const edgeInto = (doc: NetworkDocument, { node, port }: EdgeEnd): Edge | undefined =>
  doc.edges.find(({ to }) => to.node === node && to.port === port);

/** A press on a port: starts a new edge, or detaches the existing edge of an input. */
function gripOfPort(element: HTMLElement): Grip | null {
  const { nodeid: node, handleid: port } = element.dataset;
  if (node === undefined || port === undefined) return null;
  const side: Side = element.classList.contains('source') ? 'output' : 'input';
  const end = { node, port };
  const before = side === 'input' ? edgeInto(useDocument.getState().document, end) : undefined;
  return { begin: (loose) => (before === undefined ? beginEdge(end, side, loose) : pickUp(before, 'input', loose)) };
}

/** A press on an edge near one of its ends: detaches that end. */
function gripOfEdge(element: Element, at: Position): Grip | null {
  const { document } = useDocument.getState();
  const edge = document.edges.find(({ id }) => id === element.getAttribute('data-id'));
  const { current } = viewport;
  if (edge === undefined || current === null) return null;
  const away = (end: EdgeEnd, side: Side): number => {
    const port = portAt(document, end, side, currentSizes());
    if (port === null) return Number.POSITIVE_INFINITY;
    const there = current.toWindow(port);
    return Math.hypot(there.x - at.x, there.y - at.y);
  };
  const [source, target] = [away(edge.from, 'output'), away(edge.to, 'input')];
  if (Math.min(source, target) > END) return null;
  return { begin: (loose) => pickUp(edge, source < target ? 'output' : 'input', loose) };
}

/** Handles a press of the main button on a port or near the end of an edge; returns false elsewhere. */
export function pressEdge(target: Element, at: Position): boolean {
  if (useGesture.getState().edge !== null) giveUpEdge();
  const port = target.closest<HTMLElement>('.react-flow__handle');
  const edge = target.closest('.react-flow__edge');
  const grip = port !== null ? gripOfPort(port) : edge !== null ? gripOfEdge(edge, at) : null;
  if (grip === null) return false;
  followPress(at, { begin: grip.begin, move: moveEdge, drop: dropEdge, giveUp: giveUpEdge });
  return port !== null;
}
