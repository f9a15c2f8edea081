import { createContext, useContext } from 'react';
import type { CheckResult } from '../../../src/check/checkedGraph.ts';
import type { NetworkDocument } from '../../../src/graph/document.ts';
import type { Edit } from '../../../src/graph/edits.ts';
import type { Level, Place } from '../../../src/plan/level.ts';
import { useDocument } from '../../state/stores/stores.ts';

/** A network or the inside of a block, with the layers of a form. */
export interface Drawing {
  readonly document: NetworkDocument;
  readonly check: CheckResult;
  /** The levels from the network to it, outermost first. */
  readonly levels: readonly Level[];
}

/** The inside of an expanded block, with the path to it from the current level. */
export interface InnerDrawing extends Drawing {
  readonly path: readonly Place[];
}

/** Provided around the form of a layer inside an expanded block; without it, forms apply to the current level. */
export const InnerDrawingContext = createContext<InnerDrawing | null>(null);

export const useInnerDrawing = (): InnerDrawing | null => useContext(InnerDrawingContext);

/** Selects a value of the drawing of the form. */
export function useDrawing<T>(select: (drawing: Drawing) => T): T {
  const inner = useInnerDrawing();
  const here = useDocument((state) => (inner === null ? select(state) : undefined));
  return inner === null ? (here as T) : select(inner);
}

interface Editing {
  edit(edits: readonly Edit[]): void;
  transient(edits: readonly Edit[]): void;
}

/** Edits the drawing of the form; the store commits and cancels gestures. */
export function useEditing(): Editing {
  const inner = useInnerDrawing();
  const { edit, transient, editIn } = useDocument.getState();
  if (inner === null) return { edit, transient };
  return {
    edit: (edits) => editIn(inner.path, edits, false),
    transient: (edits) => editIn(inner.path, edits, true),
  };
}
