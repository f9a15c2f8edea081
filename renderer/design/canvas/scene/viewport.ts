import type { Position } from '../../../../src/graph/document.ts';

/** Position and scale of the canvas in the window, for gestures outside React. */
export interface CanvasViewport {
  /** Converts window pixels to document coordinates. */
  toPoint(at: Position): Position;
  toWindow(point: Position): Position;
  zoom(): number;
  /** Area of the canvas in window pixels. */
  pan(by: Position): void;
  frame(): DOMRect;
  /** The nearest edge within a distance in pixels of a point in document coordinates. */
  edgeAt(point: Position, reach: number): string | null;
  /** Position of the label of an edge, in document coordinates; null if there is no such edge. */
  middleOf(edge: string): Position | null;
}

export const viewport: { current: CanvasViewport | null } = { current: null };

/** Current state of pointer and keys. */
export const held: {
  /** Position of the pointer over the canvas, in window pixels; null elsewhere. */
  pointer: Position | null;
  /** `alt`: Alt is held now. `altPressed`: Alt was held when the button was pressed. */
  alt: boolean;
  altPressed: boolean;
} = { pointer: null, alt: false, altPressed: false };
