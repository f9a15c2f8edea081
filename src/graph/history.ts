import type { NetworkDocument } from './document.ts';
import { applyEdits, type Edit } from './edits.ts';

const LIMIT = 500;

/**
 * Undo as a list of documents that share structure. A gesture is any number of `transient` changes and one `commit`,
 * and is undone as a whole.
 */
export interface History {
  readonly past: readonly NetworkDocument[];
  readonly present: NetworkDocument;
  readonly future: readonly NetworkDocument[];
  /** The document at the start of a gesture that has not been committed yet. */
  readonly before: NetworkDocument | null;
}

export const startHistory = (present: NetworkDocument): History => ({ past: [], present, future: [], before: null });

/** Applies edits within a gesture: seen at once, undoable only after `commit`. */
export function transient(history: History, edits: readonly Edit[]): History {
  const present = applyEdits(history.present, edits);
  if (present === history.present) return history;
  return { ...history, present, before: history.before ?? history.present };
}

/** Ends a gesture, if one is open: what it changed becomes one undo step. */
export function commit(history: History): History {
  const { before, past, present } = history;
  if (before === null) return history;
  if (before === present) return { ...history, before: null };
  return { past: [...past, before].slice(-LIMIT), present, future: [], before: null };
}

/** Applies edits as one undo step of their own. */
export const edit = (history: History, edits: readonly Edit[]): History => commit(transient(commit(history), edits));

/** Gives a gesture up: the document is again what it was before. */
export const cancel = (history: History): History =>
  history.before === null ? history : { ...history, present: history.before, before: null };

export function undo(history: History): History {
  const { past, present, future } = commit(history);
  const last = past.at(-1);
  if (last === undefined) return commit(history);
  return { past: past.slice(0, -1), present: last, future: [present, ...future], before: null };
}

export function redo(history: History): History {
  const { past, present, future } = commit(history);
  const [next, ...rest] = future;
  if (next === undefined) return commit(history);
  return { past: [...past, present], present: next, future: rest, before: null };
}
