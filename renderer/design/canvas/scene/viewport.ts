import type { Position } from '../../../../src/graph/document.ts';

/** How the canvas lies in the window, for gestures that React does not render. */
export interface CanvasViewport {
  /** From the window's pixels to the document's coordinates. */
  toPoint(at: Position): Position;
  toWindow(point: Position): Position;
  zoom(): number;
  /** In pixels. */
  pan(by: Position): void;
  frame(): DOMRect;
  /** The nearest edge within so many pixels of a point of the document. */
  edgeAt(point: Position, reach: number): string | null;
  /** Where the label of an edge is, in the document's coordinates; null for one that is not there. */
  middleOf(edge: string): Position | null;
}

export const viewport: { current: CanvasViewport | null } = { current: null };

/** Pointer and keys, as they are now. */
export const held: {
  /** Where the pointer is over the canvas, in the window's pixels. */
  pointer: Position | null;
  /** Alt is down now; and it was down when the button was pressed. */
  alt: boolean;
  altPressed: boolean;
} = { pointer: null, alt: false, altPressed: false };
