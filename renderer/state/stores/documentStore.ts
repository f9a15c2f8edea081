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
  /** The whole network, which is saved, trained, analyzed and exported. */
  readonly root: NetworkDocument;
  /** Check of `root`. During a drag it may be of an earlier root that differs in positions only. */
  readonly rootCheck: CheckResult;
  /** Entered blocks, outermost first. */
  readonly path: readonly Place[];
  /** The levels on that path, outermost first. */
  readonly levels: readonly Level[];
  /** The current level: the inside of the last block on the path, otherwise the whole network. */
  readonly document: NetworkDocument;
  readonly check: CheckResult;
  /** `document` before the current gesture; null without a gesture. */
  readonly before: NetworkDocument | null;
  /** Counts rejected edits inside a built-in block, which is read-only. */
  readonly refusals: number;
  /** `root` as last saved; null if no file has it. */
  readonly saved: NetworkDocument | null;
  /** Name of the file without its folder; null before the first save. */
  readonly fileName: string | null;
  /** Counts the loaded documents; a new one resets the view of the canvas. */
  readonly generation: number;
  /** Edits `document` in one undo step. */
  edit(edits: readonly Edit[]): void;
  /** Expands or collapses blocks in one undo step, which does not make the network unsaved. */
  look(edits: readonly Edit[]): void;
  /** Edits within a gesture: `commit` turns them into one undo step, `cancel` discards them. */
  transient(edits: readonly Edit[]): void;
  commit(): void;
  cancel(): void;
  /** Edits the inside of an expanded block at `path`, relative to the current level. */
  editIn(path: readonly Place[], edits: readonly Edit[], transient: boolean): void;
  /** Edits the whole network, whatever level is shown. */
  editRoot(edits: readonly Edit[]): void;
  /** Edits the whole network within a gesture. */
  transientRoot(edits: readonly Edit[]): void;
  /** Enters blocks along the path, as far as they exist. */
  go(path: readonly Place[]): void;
  undo(): void;
  redo(): void;
  /** Undoes or redoes until `count` steps are applied. */
  travel(count: number): void;
  /** Opens a document; `unsaved`: it has changes that the file does not have. */
  load(document: NetworkDocument, path: string | null, unsaved?: boolean): void;
  /** Records that `document`, a whole network, was written to a file under this name. */
  markSaved(document: NetworkDocument, path: string, name: string): void;
}

/** True if the network differs from its file; expanded blocks do not count as a difference. */
export const isEdited = ({ history: now, saved }: Pick<DocumentState, 'history' | 'saved'>): boolean =>
  saved === null || !history.isStill(now, saved);

const fileNameOf = (path: string): string => path.split(/[\\/]/).at(-1) ?? path;
const TOP: readonly Place[] = [];
const rethrow = (error: unknown): never => {
  throw error;
};

/** `failed` gets the error of an edit that threw; that edit is rolled back. */
export const createDocumentStore = (first: NetworkDocument, failed: (error: unknown) => void = rethrow) =>
  create<DocumentState>()((set, get) => {
    const check = createChecker();
    /** The level at the end of a path, or the nearest existing one. */
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
    /** Applies a step and the edits that it requires: expanded blocks may need more or less room. */
    const change = (step: (before: history.History, more: readonly Edit[]) => history.History): void => {
      const now = get();
      try {
        changeFrom(now, step);
      } catch (error) {
        // Restores the state also if a subscriber threw, because others may have seen the new one.
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
        // Only positions differ, so the check is still valid.
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
      transientRoot: (edits) => change((before, more) => history.transient(before, [...edits, ...more])),
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
