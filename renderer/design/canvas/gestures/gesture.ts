import { create } from 'zustand';
import type { EdgeEnd, Position, Size } from '../../../../src/graph/document.ts';
import type { Side } from '../../../../src/plan/connection.ts';
import type { Text } from '../../../../src/text.ts';
import type { PlacedCandidate } from '../scene/ports.ts';
import type { Rect } from '../scene/rect.ts';
import type { Guide } from './snapping.ts';

/** An edge being drawn with the mouse or the keyboard. */
export interface EdgeDraft {
  readonly fixed: EdgeEnd;
  /** Side of the fixed end. */
  readonly side: Side;
  /** Every port at which the edge may end. */
  readonly candidates: readonly PlacedCandidate[];
  /** Position of the loose end, in document coordinates. */
  readonly loose: Position;
  /** The port that accepts the edge; otherwise the best port of the card, with the reason for rejection. */
  readonly target: PlacedCandidate | null;
  /** The end that was detached from an existing edge. */
  readonly pickedUp: EdgeEnd | null;
  readonly byKey: boolean;
}

/** Place at which the layer chosen from the list is added. */
export type Place =
  | { readonly kind: 'anywhere' }
  /** After a node, on its outgoing edge if there is one. */
  | { readonly kind: 'after'; readonly node: string }
  | { readonly kind: 'behind'; readonly from: EdgeEnd }
  | { readonly kind: 'before'; readonly to: EdgeEnd }
  | { readonly kind: 'onEdge'; readonly edge: string }
  | { readonly kind: 'inPlaceOf'; readonly node: string };

/** The open list of layers. */
export interface Asking {
  /** Position in the window, in pixels. */
  readonly at: Position;
  /** The same position in document coordinates. */
  readonly point: Position;
  readonly place: Place;
}

/** Preview of inserting the dragged layer into an edge. */
export interface Insertion {
  readonly edge: string;
  /** Node whose output leads to the end of the edge. */
  readonly node: string;
  /** Upper left corner of the inserted card. */
  readonly position: Position;
  readonly size: Size;
  readonly category: string;
  readonly title: Text;
  /** True if the layer is not on the canvas yet, so its card is drawn at the place of insertion. */
  readonly ghost: boolean;
  /** Output shape of the inserted layer; null if unknown. */
  readonly shape: string | null;
  readonly problem: Text | null;
}

interface GestureState {
  readonly edge: EdgeDraft | null;
  readonly asking: Asking | null;
  readonly insertion: Insertion | null;
  readonly guides: readonly Guide[];
  /** The selection rectangle, in document coordinates. */
  readonly marquee: Rect | null;
  /** The node, note or frame whose text is edited on the canvas. */
  readonly editing: string | null;
  /** Text for screen readers. */
  readonly spoken: Text | null;
}

const nothing: GestureState = {
  edge: null,
  asking: null,
  insertion: null,
  guides: [],
  marquee: null,
  editing: null,
  spoken: null,
};

/** Gesture in progress on the canvas: neither part of the document nor stored. */
export const useGesture = create<GestureState>()(() => nothing);
