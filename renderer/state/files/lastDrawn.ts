import { flushSync } from 'react-dom';
import { useDocument, useUi } from '../stores/stores.ts';

/** The newest state of the document store that the whole window has rendered. */
let lastDrawn = useDocument.getState();
/** States that a part of the window failed to render. */
const undrawable = new WeakSet<typeof lastDrawn>();
/** Collects a render error during `drawNow`. */
let trial: { error: unknown } | null = null;

/** Some parts of the window render later than others, within this time (ms). */
const LATER = 1000;
/**
 * The newest rendered state without an error so far. It becomes `lastDrawn` after `LATER`, or when the next document is
 * rendered.
 */
let recent: typeof lastDrawn | null = null;

/** Records that the window has rendered a state of the store. */
export function hasDrawn(state: typeof lastDrawn): void {
  // A state that failed meanwhile is no longer the current one.
  if (useDocument.getState() !== state || undrawable.has(state)) return;
  if (recent !== null && recent.root !== state.root) lastDrawn = recent;
  recent = state;
  setTimeout(() => {
    if (recent === state) lastDrawn = state;
  }, LATER);
}

/** Renders a change synchronously. Throws if a part of the window fails; the caller then has to restore the store. */
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

/** Handles a render error of a part of the window: the change of the document that caused it is undone. */
export function drawingFailed(error: unknown): void {
  if (trial !== null) {
    trial.error ??= error;
    return;
  }
  const present = useDocument.getState();
  undrawable.add(present);
  if (recent !== null && recent.root !== present.root) lastDrawn = recent;
  recent = null;
  // A newly opened network was rendered by `drawNow`, so the document is not the cause. A value that is being typed is
  // in the document, but not yet in its history.
  if (present.generation !== lastDrawn.generation || present.root === lastDrawn.root) return;
  useDocument.setState(lastDrawn);
  useUi
    .getState()
    .notify({ tone: 'bad', about: 'drawing', message: { key: 'drawing.undone', values: { reason: reasonOf(error) } } });
}

export const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
