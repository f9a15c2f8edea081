import type { NetworkDocument } from './document.ts';
import { applyEdits, type Edit } from './edits.ts';

const LIMIT = 500;

/** One undoable step: the documents on both sides share structure. */
export interface Step {
  readonly before: NetworkDocument;
  readonly after: NetworkDocument;
  /** What was done; of a gesture the last part, which says what the whole came to. */
  readonly edits: readonly Edit[];
  /** Nothing of the network changed, but how it is looked at: a block was opened in its place. */
  readonly look?: boolean;
}

/** A gesture is any number of `transient` changes and one `commit`, and is undone as a whole. */
export interface History {
  readonly past: readonly Step[];
  readonly present: NetworkDocument;
  /** What was undone, next first. */
  readonly future: readonly Step[];
  /** A gesture that has not been committed yet. */
  readonly gesture: Omit<Step, 'after'> | null;
}

export const startHistory = (present: NetworkDocument): History => ({ past: [], present, future: [], gesture: null });

/** Applies edits within a gesture: seen at once, undoable only after `commit`. */
export function transient(history: History, edits: readonly Edit[]): History {
  const present = applyEdits(history.present, edits);
  if (present === history.present) return history;
  return { ...history, present, gesture: { before: history.gesture?.before ?? history.present, edits } };
}

/** Ends a gesture, if one is open: what it changed becomes one undo step. */
export function commit(history: History): History {
  const { gesture, past, present } = history;
  if (gesture === null) return history;
  if (gesture.before === present) return { ...history, gesture: null };
  return { past: [...past, { ...gesture, after: present }].slice(-LIMIT), present, future: [], gesture: null };
}

/** Applies edits as one undo step of their own. */
export const edit = (history: History, edits: readonly Edit[]): History => commit(transient(commit(history), edits));

/** The same for edits that only open blocks in their place or fold them. */
export function look(history: History, edits: readonly Edit[]): History {
  const after = edit(history, edits);
  const step = after.past.at(-1);
  return step === undefined || after.present === history.present
    ? after
    : { ...after, past: after.past.with(-1, { ...step, look: true }) };
}

/** Whether the present network is that one, as far as anything but looking goes. */
export function isStill({ past, present, future, gesture }: History, document: NetworkDocument): boolean {
  if (present === document) return true;
  if (gesture !== null) return false;
  for (let i = past.length - 1; past[i]?.look; i--) if (past[i]?.before === document) return true;
  for (let i = 0; future[i]?.look; i++) if (future[i]?.after === document) return true;
  return false;
}

/** Gives a gesture up: the document is again what it was before. */
export const cancel = (history: History): History =>
  history.gesture === null ? history : { ...history, present: history.gesture.before, gesture: null };

/** A name that the whole history bears: it follows the file, and is not something to undo. */
export function withName(history: History, name: string): History {
  const named = new Map<NetworkDocument, NetworkDocument>();
  const rename = (document: NetworkDocument): NetworkDocument => {
    const known = named.get(document);
    if (known !== undefined) return known;
    const renamed = { ...document, name };
    named.set(document, renamed);
    return renamed;
  };
  const step = (of: Step): Step => ({ ...of, before: rename(of.before), after: rename(of.after) });
  const { past, present, future, gesture } = history;
  return {
    past: past.map(step),
    present: rename(present),
    future: future.map(step),
    gesture: gesture && { ...gesture, before: rename(gesture.before) },
  };
}

export const canUndo = ({ past, gesture }: History): boolean => past.length > 0 || gesture !== null;

export function undo(history: History): History {
  const { past, future, ...rest } = commit(history);
  const last = past.at(-1);
  if (last === undefined) return { past, future, ...rest };
  return { past: past.slice(0, -1), present: last.before, future: [last, ...future], gesture: null };
}

export function redo(history: History): History {
  const committed = commit(history);
  const [next, ...rest] = committed.future;
  if (next === undefined) return committed;
  return { past: [...committed.past, next], present: next.after, future: rest, gesture: null };
}

/** Undoes or redoes until `count` steps are done. */
export function travel(history: History, count: number): History {
  let at = commit(history);
  while (at.past.length > count) at = undo(at);
  while (at.past.length < count && at.future.length > 0) at = redo(at);
  return at;
}
