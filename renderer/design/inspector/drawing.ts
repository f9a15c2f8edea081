import { createContext, useContext } from 'react';
import type { CheckResult } from '../../../src/check/checkedGraph.ts';
import type { NetworkDocument } from '../../../src/graph/document.ts';
import type { Edit } from '../../../src/graph/edits.ts';
import type { Level, Place } from '../../../src/plan/level.ts';
import { useDocument } from '../../state/stores/stores.ts';

/** A drawing whose layers a form is about. */
export interface Drawing {
  readonly document: NetworkDocument;
  readonly check: CheckResult;
  /** The levels that lead to it from the network. */
  readonly levels: readonly Level[];
}

/** The inside of a block that is open in its place, and the way to it from the level that is looked at. */
export interface InnerDrawing extends Drawing {
  readonly path: readonly Place[];
}

/** Set around the form of a layer inside an open block; without it forms are about the level that is looked at. */
export const InnerDrawingContext = createContext<InnerDrawing | null>(null);

export const useInnerDrawing = (): InnerDrawing | null => useContext(InnerDrawingContext);

/** Something of the drawing that the form is about. */
export function useDrawing<T>(select: (drawing: Drawing) => T): T {
  const inner = useInnerDrawing();
  const here = useDocument((state) => (inner === null ? select(state) : undefined));
  return inner === null ? (here as T) : select(inner);
}

interface Editing {
  edit(edits: readonly Edit[]): void;
  transient(edits: readonly Edit[]): void;
}

/** Edits of the drawing that the form is about; gestures are committed and given up by the store. */
export function useEditing(): Editing {
  const inner = useInnerDrawing();
  const { edit, transient, editIn } = useDocument.getState();
  if (inner === null) return { edit, transient };
  return {
    edit: (edits) => editIn(inner.path, edits, false),
    transient: (edits) => editIn(inner.path, edits, true),
  };
}
