import { flushSync } from 'react-dom';
import { useDocument, useUi } from '../stores/stores.ts';

/** The document store as the whole window has last drawn it. */
let lastDrawn = useDocument.getState();
/** Collects the failure of what is drawn by `drawNow`. */
let trial: { error: unknown } | null = null;

/** The window has drawn that state of the store. */
export function hasDrawn(state: typeof lastDrawn): void {
  // A state that failed meanwhile is not the present one any more.
  if (useDocument.getState() === state) lastDrawn = state;
}

/** Draws a change at once. Throws when any part of the window cannot draw it; the store then has to be set back. */
export function drawNow(change: () => void): void {
  const own = { error: undefined as unknown };
  trial = own;
  try {
    flushSync(change);
  } finally {
    trial = null;
  }
  if (own.error !== undefined) throw own.error;
}

/** A part of the window could not be drawn. A change of the document that brought this about is taken back. */
export function drawingFailed(error: unknown): void {
  if (trial !== null) {
    trial.error ??= error;
    return;
  }
  const { history, generation } = useDocument.getState();
  if (history === lastDrawn.history && generation === lastDrawn.generation) return;
  useDocument.setState(lastDrawn);
  useUi
    .getState()
    .notify({ tone: 'bad', about: 'drawing', message: { key: 'drawing.undone', values: { reason: reasonOf(error) } } });
}

export const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
