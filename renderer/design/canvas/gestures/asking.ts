import type { Position } from '../../../../src/graph/document.ts';
import { currentSizes } from '../../../state/stores/sizes.ts';
import { useDocument } from '../../../state/stores/stores.ts';
import { awaitField } from '../../../ui/keys/typeAhead.ts';
import { held, viewport } from '../scene/viewport.ts';
import { type Place, useGesture } from './gesture.ts';

/** Distance within which the pointer is on an edge, in pixels. */
const NEAR = 12;

/** Opens the list of layers at a position in the window. */
export function askAt(at: Position, place: Place): void {
  const { current } = viewport;
  if (current === null) return;
  awaitField();
  useGesture.setState({ asking: { at, point: current.toPoint(at), place } });
}

/** Opens it at the pointer, or in the middle if the pointer is outside the canvas. */
export function askAtPointer(place: Place): void {
  const frame = viewport.current?.frame() ?? new DOMRect();
  askAt(held.pointer ?? { x: frame.x + frame.width / 2, y: frame.y + frame.height / 2 }, place);
}

/** Opens it on an edge: at the pointer if it is there, otherwise in the middle of the edge. */
export function askOnEdge(edge: string): void {
  const { current } = viewport;
  if (current === null) return;
  const place: Place = { kind: 'onEdge', edge };
  const { pointer } = held;
  const isThere = pointer !== null && current.edgeAt(current.toPoint(pointer), NEAR) === edge;
  const middle = current.middleOf(edge);
  askAt(isThere || middle === null ? (pointer ?? current.frame()) : current.toWindow(middle), place);
}

/** Opens it beside a card. */
export function askBeside(id: string, place: Place): void {
  const node = useDocument.getState().document.nodes.find((candidate) => candidate.id === id);
  const { current } = viewport;
  if (node === undefined || current === null) return;
  const { x, y } = node.position;
  askAt(current.toWindow({ x: x + currentSizes()(node).width + 12, y }), place);
}
