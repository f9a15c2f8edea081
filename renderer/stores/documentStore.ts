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
  /** The document as the file has it; null when no file has anything like it. */
  readonly saved: NetworkDocument | null;
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
  /** Undoes or redoes until that many steps are done. */
  travel(count: number): void;
  /** `unsaved`: it has changes already that the file does not have. */
  load(document: NetworkDocument, path: string | null, unsaved?: boolean): void;
  /** `document` was written to the file, under that name. */
  markSaved(document: NetworkDocument, path: string, name: string): void;
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
      travel: (count) => change((before) => history.travel(before, count)),
      load: (document, path, unsaved = false) =>
        set((state) => ({
          history: history.startHistory(document),
          document,
          check: check(document),
          saved: unsaved ? null : document,
          fileName: path === null ? null : fileNameOf(path),
          generation: state.generation + 1,
        })),
      markSaved: (document, path, name) =>
        set((state) => {
          const fileName = fileNameOf(path);
          if (document.name === name) return { saved: document, fileName };
          const renamed = history.withName(state.history, name);
          const saved = document === state.document ? renamed.present : { ...document, name };
          return { history: renamed, document: renamed.present, saved, fileName };
        }),
    };
  });
