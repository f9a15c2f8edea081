import { create } from 'zustand';
import type { EdgeEnd, Position, Size } from '../../../../src/graph/document.ts';
import type { Side } from '../../../../src/plan/connection.ts';
import type { Text } from '../../../../src/text.ts';
import type { PlacedCandidate } from '../scene/ports.ts';
import type { Rect } from '../scene/rect.ts';
import type { Guide } from './snapping.ts';

/** An edge that is being drawn, by the mouse or by keys. */
export interface EdgeDraft {
  readonly fixed: EdgeEnd;
  /** Side of the fixed end. */
  readonly side: Side;
  /** Every port at which it could end. */
  readonly candidates: readonly PlacedCandidate[];
  /** Its loose end, in the document's coordinates. */
  readonly loose: Position;
  /** The port that would take it, or the card's best one with why it does not. */
  readonly target: PlacedCandidate | null;
  /** The end that was picked up from an existing edge. */
  readonly pickedUp: EdgeEnd | null;
  readonly byKey: boolean;
}

/** Where a layer that is looked for will go. */
export type Place =
  | { readonly kind: 'anywhere' }
  /** After a node: on its edge if it has one. */
  | { readonly kind: 'after'; readonly node: string }
  | { readonly kind: 'behind'; readonly from: EdgeEnd }
  | { readonly kind: 'before'; readonly to: EdgeEnd }
  | { readonly kind: 'onEdge'; readonly edge: string }
  | { readonly kind: 'inPlaceOf'; readonly node: string };

/** The small list of layers that is open. */
export interface Asking {
  /** In the window's pixels. */
  readonly at: Position;
  /** The same in the document's coordinates. */
  readonly point: Position;
  readonly place: Place;
}

/** A layer that would be inserted into an edge if it were dropped now. */
export interface Insertion {
  readonly edge: string;
  /** Whose output flows on. */
  readonly node: string;
  /** Upper left corner of the card that it would be. */
  readonly position: Position;
  readonly size: Size;
  readonly category: string;
  readonly title: Text;
  /** It is not on the canvas yet: its card is drawn where it will be. */
  readonly ghost: boolean;
  /** Shape behind the inserted layer, or the check that fails. */
  readonly shape: string | null;
  readonly problem: Text | null;
}

interface GestureState {
  readonly edge: EdgeDraft | null;
  readonly asking: Asking | null;
  readonly insertion: Insertion | null;
  readonly guides: readonly Guide[];
  /** The rectangle that is being drawn around cards, in the document's coordinates. */
  readonly marquee: Rect | null;
  /** The node, note or frame whose words are edited in place. */
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
