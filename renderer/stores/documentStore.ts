import { create } from 'zustand';
import { createChecker } from '../../src/check/check.ts';
import type { CheckResult } from '../../src/check/checkedGraph.ts';
import type { NetworkDocument } from '../../src/graph/document.ts';
import type { Edit } from '../../src/graph/edits.ts';
import * as history from '../../src/graph/history.ts';
import { samePlacesAside } from './sameNetwork.ts';

interface DocumentState {
  readonly history: history.History;
  readonly document: NetworkDocument;
  /** Of `document`; of an earlier one that differs in places alone, while nodes are dragged about. */
  readonly check: CheckResult;
  /** The document as the file has it. */
  readonly saved: NetworkDocument;
  /** Name of the file, without its folder; null before the first save. */
  readonly fileName: string | null;
  /** Counts the documents that took the place of another: the canvas fits its view anew. */
  readonly generation: number;
  /** Edits as one undo step. */
  edit(edits: readonly Edit[]): void;
  /** Edits within a gesture; `commit` makes one undo step of them, `cancel` gives them up. */
  transient(edits: readonly Edit[]): void;
  commit(): void;
  cancel(): void;
  undo(): void;
  redo(): void;
  load(document: NetworkDocument, fileName: string | null): void;
  markSaved(document: NetworkDocument, fileName: string): void;
}

const fileNameOf = (path: string): string => path.split(/[\\/]/).at(-1) ?? path;

export const createDocumentStore = (first: NetworkDocument) =>
  create<DocumentState>()((set, get) => {
    const check = createChecker();
    const change = (step: (before: history.History) => history.History): void => {
      const before = get().history;
      const after = step(before);
      if (after === before) return;
      const document = after.present;
      if (document === before.present || samePlacesAside(document, before.present)) set({ history: after, document });
      else set({ history: after, document, check: check(document) });
    };
    return {
      history: history.startHistory(first),
      document: first,
      check: check(first),
      saved: first,
      fileName: null,
      generation: 0,
      edit: (edits) => change((before) => history.edit(before, edits)),
      transient: (edits) => change((before) => history.transient(before, edits)),
      commit: () => change(history.commit),
      cancel: () => change(history.cancel),
      undo: () => change(history.undo),
      redo: () => change(history.redo),
      load: (document, path) =>
        set((state) => ({
          history: history.startHistory(document),
          document,
          check: check(document),
          saved: document,
          fileName: path === null ? null : fileNameOf(path),
          generation: state.generation + 1,
        })),
      markSaved: (document, path) => set({ saved: document, fileName: fileNameOf(path) }),
    };
  });
