import type { Size } from '../../../src/graph/document.ts';

/** Place of the document's origin in the canvas, in pixels, and the scale. */
export interface CanvasView {
  readonly x: number;
  readonly y: number;
  readonly zoom: number;
}

/** What other panels may ask of the canvas: matters of the view, which is neither document nor state of the app. */
export interface CanvasHandle {
  /** Brings all of the level into view; `atOnce`: without gliding there. */
  fit(atOnce?: boolean): void;
  /** All of the level is seen, as `fit` shows it. */
  isFit(): boolean;
  view(): CanvasView;
  show(view: CanvasView): void;
  /** Size that `fit` can show at 100 %. */
  room(): Size;
  /** Nearer or farther, by a factor. */
  zoom(factor: number): void;
  /** At 100 %. */
  actualSize(): void;
  centre(node: string): void;
  /** Centres a card unless all of it is seen already; more ids lead into open blocks. */
  reveal(...ids: string[]): void;
  /** The middle of what is seen, in the document's coordinates. */
  middle(): { readonly x: number; readonly y: number };
}

export const canvas: { current: CanvasHandle | null } = { current: null };
