import type { NetworkDocument } from './document.ts';
import { applyEdits, type Edit } from './edits.ts';

const LIMIT = 500;

/** One undoable step: the documents on both sides share structure. */
export interface Step {
  readonly before: NetworkDocument;
  readonly after: NetworkDocument;
  /** Edits of the step; for a gesture the last ones, which describe its result. */
  readonly edits: readonly Edit[];
  /** Number of the step, unique in the session. */
  readonly serial: number;
  /** True if only the view changed: a block was expanded or collapsed. */
  readonly look?: boolean;
}

/** A gesture is any number of `transient` changes and one `commit`, and is undone as a whole. */
export interface History {
  readonly past: readonly Step[];
  readonly present: NetworkDocument;
  /** Undone steps, the next one first. */
  readonly future: readonly Step[];
  /** The open gesture, not committed yet. */
  readonly gesture: Omit<Step, 'after'> | null;
  /** Number of steps that were ever begun. */
  readonly begun: number;
}

export const startHistory = (present: NetworkDocument): History => ({
  past: [],
  present,
  future: [],
  gesture: null,
  begun: 0,
});

/** Applies edits within a gesture: visible at once, but an undo step only after `commit`. */
export function transient(history: History, edits: readonly Edit[]): History {
  const present = applyEdits(history.present, edits);
  if (present === history.present) return history;
  const { before = history.present, serial = history.begun + 1 } = history.gesture ?? {};
  return { ...history, present, gesture: { before, edits, serial }, begun: serial };
}

/** Ends an open gesture: its changes become one undo step. */
export function commit(history: History): History {
  const { gesture, past, present, begun } = history;
  if (gesture === null) return history;
  if (gesture.before === present) return { ...history, gesture: null };
  return { past: [...past, { ...gesture, after: present }].slice(-LIMIT), present, future: [], gesture: null, begun };
}

/** Applies edits as one undo step. */
export const edit = (history: History, edits: readonly Edit[]): History => commit(transient(commit(history), edits));

/** The same for edits that only expand or collapse blocks. */
export function look(history: History, edits: readonly Edit[]): History {
  const after = edit(history, edits);
  const step = after.past.at(-1);
  return step === undefined || after.present === history.present
    ? after
    : { ...after, past: after.past.with(-1, { ...step, look: true }) };
}

/** True if the present network equals that document, apart from expanded blocks. */
export function isStill({ past, present, future, gesture }: History, document: NetworkDocument): boolean {
  if (present === document) return true;
  if (gesture !== null) return false;
  for (let i = past.length - 1; past[i]?.look; i--) if (past[i]?.before === document) return true;
  for (let i = 0; future[i]?.look; i++) if (future[i]?.after === document) return true;
  return false;
}

/** Cancels a gesture: restores the document before it. */
export const cancel = (history: History): History =>
  history.gesture === null ? history : { ...history, present: history.gesture.before, gesture: null };

/** Renames the document in the whole history: the name follows the file and is not undone. */
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
  const { past, present, future, gesture, begun } = history;
  return {
    begun,
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
  return { ...rest, past: past.slice(0, -1), present: last.before, future: [last, ...future] };
}

export function redo(history: History): History {
  const committed = commit(history);
  const [next, ...rest] = committed.future;
  if (next === undefined) return committed;
  return { ...committed, past: [...committed.past, next], present: next.after, future: rest };
}

/** Undoes or redoes until `count` steps are done. */
export function travel(history: History, count: number): History {
  let at = commit(history);
  while (at.past.length > count) at = undo(at);
  while (at.past.length < count && at.future.length > 0) at = redo(at);
  return at;
}
