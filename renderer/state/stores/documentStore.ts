import { create } from 'zustand';
import { createChecker } from '../../../src/check/check.ts';
import type { CheckResult } from '../../../src/check/checkedGraph.ts';
import type { NetworkDocument } from '../../../src/graph/document.ts';
import type { Edit } from '../../../src/graph/edits.ts';
import * as history from '../../../src/graph/history.ts';
import { roomAfter } from '../../../src/layout/makeRoom.ts';
import { type Level, levelsOn, type Place } from '../../../src/plan/level.ts';
import { editsOfRoot } from './atLevel.ts';
import { samePlacesAside } from './samePlacesAside.ts';

interface DocumentState {
  readonly history: history.History;
  /** The whole network: what is saved, run, analysed and exported. */
  readonly root: NetworkDocument;
  /** Of `root`; of an earlier one that differs in places alone, while nodes are dragged about. */
  readonly rootCheck: CheckResult;
  /** Into which blocks the user has gone, from the network inwards. */
  readonly path: readonly Place[];
  /** The insides on that path, outermost first. */
  readonly levels: readonly Level[];
  /** The current level: the inside of the last block on the path, else the whole network. */
  readonly document: NetworkDocument;
  readonly check: CheckResult;
  /** `document` as it was before the gesture that goes on. */
  readonly before: NetworkDocument | null;
  /** Counts the edits that were not done, since the inside of a built-in block is only to be looked at. */
  readonly refusals: number;
  /** The root as the file has it; null when no file has anything like it. */
  readonly saved: NetworkDocument | null;
  /** Name of the file, without its folder; null before the first save. */
  readonly fileName: string | null;
  /** Counts the documents that took the place of another: the canvas fits its view anew. */
  readonly generation: number;
  /** Edits of `document` as one undo step. */
  edit(edits: readonly Edit[]): void;
  /** Edits that only open blocks in their place or fold them: one undo step that leaves the network as saved as it was. */
  look(edits: readonly Edit[]): void;
  /** Edits within a gesture; `commit` makes one undo step of them, `cancel` gives them up. */
  transient(edits: readonly Edit[]): void;
  commit(): void;
  cancel(): void;
  /** Edits of the inside of a block that is open in its place, `path` leading there from the level that is looked at. */
  editIn(path: readonly Place[], edits: readonly Edit[], transient: boolean): void;
  /** Edits of the whole network, wherever the user is in it. */
  editRoot(edits: readonly Edit[]): void;
  /** Goes as far along the path as there are blocks. */
  go(path: readonly Place[]): void;
  undo(): void;
  redo(): void;
  /** Undoes or redoes until that many steps are done. */
  travel(count: number): void;
  /** `unsaved`: it has changes already that the file does not have. */
  load(document: NetworkDocument, path: string | null, unsaved?: boolean): void;
  /** `document`, a whole network, was written to the file, under that name. */
  markSaved(document: NetworkDocument, path: string, name: string): void;
}

/** Whether the file does not have the network as it is; opening blocks in their place changes no network. */
export const isEdited = ({ history: now, saved }: Pick<DocumentState, 'history' | 'saved'>): boolean =>
  saved === null || !history.isStill(now, saved);

const fileNameOf = (path: string): string => path.split(/[\\/]/).at(-1) ?? path;
const TOP: readonly Place[] = [];
const rethrow = (error: unknown): never => {
  throw error;
};

/** `failed` is told of an edit that threw: it was not done. */
export const createDocumentStore = (first: NetworkDocument, failed: (error: unknown) => void = rethrow) =>
  create<DocumentState>()((set, get) => {
    const check = createChecker();
    /** The level of a network at the end of a path, or the nearest one that exists. */
    const seen = (root: NetworkDocument, rootCheck: CheckResult, path: readonly Place[]) => {
      const levels = levelsOn(root, rootCheck, path, get()?.levels);
      const there = levels.map(({ place }) => place);
      const same = there.length === path.length && there.every((place, i) => place === path[i]);
      const level = levels.at(-1);
      return {
        root,
        rootCheck,
        path: same ? path : there,
        levels,
        document: level?.document ?? root,
        check: level?.check ?? rootCheck,
      };
    };
    /** A step, with what it leaves to do: open blocks may need more room or less. */
    const change = (step: (before: history.History, more: readonly Edit[]) => history.History): void => {
      const now = get();
      try {
        changeFrom(now, step);
      } catch (error) {
        // Also when who listens to the store fails: all are told again how it was.
        set(now);
        failed(error);
      }
    };
    const changeFrom = (
      now: DocumentState,
      step: (before: history.History, more: readonly Edit[]) => history.History,
    ): void => {
      const { history: before, rootCheck, path, document, before: start } = now;
      let after = step(before, []);
      if (after === before) return;
      const root = after.present;
      const checked = root === before.present || samePlacesAside(root, before.present) ? rootCheck : check(root);
      let looked = seen(root, checked, path);
      const room = checked === rootCheck ? [] : roomAfter(now, looked);
      const more = room.length === 0 ? null : editsOfRoot(looked.levels.at(-1), room);
      if (more !== null) {
        after = step(before, more);
        // Places alone are different: the check stays.
        looked = seen(after.present, checked, path);
      }
      set({ history: after, ...looked, before: after.gesture === null ? null : (start ?? document) });
    };
    const at = (
      levels: readonly Level[],
      edits: readonly Edit[],
      step: (before: history.History, edits: readonly Edit[]) => history.History,
    ) => {
      const whole = editsOfRoot(levels.at(-1), edits);
      if (whole === null) set(({ refusals }) => ({ refusals: refusals + 1 }));
      else change((before, more) => step(before, [...whole, ...more]));
    };
    const here = (edits: readonly Edit[], step: (before: history.History, edits: readonly Edit[]) => history.History) =>
      at(get().levels, edits, step);
    return {
      history: history.startHistory(first),
      ...seen(first, check(first), TOP),
      before: null,
      refusals: 0,
      saved: first,
      fileName: null,
      generation: 0,
      edit: (edits) => here(edits, history.edit),
      look: (edits) => here(edits, history.look),
      transient: (edits) => here(edits, history.transient),
      commit: () => change((before) => history.commit(before)),
      cancel: () => change((before) => history.cancel(before)),
      editIn(path, edits, transient) {
        const { root, rootCheck, path: here, levels } = get();
        const inside = levelsOn(root, rootCheck, [...here, ...path], levels);
        if (inside.length === here.length + path.length)
          at(inside, edits, transient ? history.transient : history.edit);
      },
      editRoot: (edits) => change((before, more) => history.edit(before, [...edits, ...more])),
      go(path) {
        change((before) => history.commit(before));
        const { root, rootCheck } = get();
        set({ ...seen(root, rootCheck, path), refusals: 0 });
      },
      undo: () => change((before) => history.undo(before)),
      redo: () => change((before) => history.redo(before)),
      travel: (count) => change((before) => history.travel(before, count)),
      load: (document, path, unsaved = false) =>
        set((state) => ({
          history: history.startHistory(document),
          ...seen(document, check(document), TOP),
          before: null,
          saved: unsaved ? null : document,
          fileName: path === null ? null : fileNameOf(path),
          generation: state.generation + 1,
        })),
      markSaved(document, path, name) {
        const { root } = get();
        const fileName = fileNameOf(path);
        if (document.name === name) {
          set({ saved: document, fileName });
          return;
        }
        change((before) => history.withName(before, name));
        set({ saved: document === root ? get().root : { ...document, name }, fileName });
      },
    };
  });
