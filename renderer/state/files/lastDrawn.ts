import { flushSync } from 'react-dom';
import { useDocument, useUi } from '../stores/stores.ts';

/** The document store as the whole window has last drawn it. */
let lastDrawn = useDocument.getState();
/** States that a part of the window could not draw. */
const undrawable = new WeakSet<typeof lastDrawn>();
/** Collects the failure of what is drawn by `drawNow`. */
let trial: { error: unknown } | null = null;

/** Some parts are drawn a little later than others (ms). */
const LATER = 1000;
/** Drawn, as far as is known; it is the last drawn one when its time is over, or when the next network is drawn. */
let recent: typeof lastDrawn | null = null;

/** The window has drawn that state of the store. */
export function hasDrawn(state: typeof lastDrawn): void {
  // A state that failed meanwhile is not the present one any more.
  if (useDocument.getState() !== state || undrawable.has(state)) return;
  if (recent !== null && recent.root !== state.root) lastDrawn = recent;
  recent = state;
  setTimeout(() => {
    if (recent === state) lastDrawn = state;
  }, LATER);
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
  const present = useDocument.getState();
  undrawable.add(present);
  if (recent !== null && recent.root !== present.root) lastDrawn = recent;
  recent = null;
  // Another network is drawn at once when it is opened (`drawNow`), so the fault is not in opening it. A value that is
  // being typed is in the document, and not yet in its history.
  if (present.generation !== lastDrawn.generation || present.root === lastDrawn.root) return;
  useDocument.setState(lastDrawn);
  useUi
    .getState()
    .notify({ tone: 'bad', about: 'drawing', message: { key: 'drawing.undone', values: { reason: reasonOf(error) } } });
}

export const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
