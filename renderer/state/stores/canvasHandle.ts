import type { Size } from '../../../src/graph/document.ts';

/** Position of the document's origin in the canvas, in pixels, and the scale. */
export interface CanvasView {
  readonly x: number;
  readonly y: number;
  readonly zoom: number;
}

/** Canvas functions for other panels. They concern the view, which is neither part of the document nor app state. */
export interface CanvasHandle {
  /** Zooms to show the whole level; `atOnce` without animation. */
  fit(atOnce?: boolean): void;
  /** True if the whole level is visible, as after `fit`. */
  isFit(): boolean;
  view(): CanvasView;
  show(view: CanvasView): void;
  /** Size of a network that `fit` shows at 100 %. */
  room(): Size;
  /** Zooms by a factor. */
  zoom(factor: number): void;
  /** Zooms to 100 %. */
  actualSize(): void;
  center(node: string): void;
  /** Centers a card unless it is fully visible; several ids lead into open blocks. */
  reveal(...ids: string[]): void;
  /** Center of the visible area, in document coordinates. */
  middle(): { readonly x: number; readonly y: number };
}

export const canvas: { current: CanvasHandle | null } = { current: null };
