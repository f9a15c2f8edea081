import { applyEdit } from './edits.ts';
import type { History, Step } from './history.ts';
import { movesOfStep, reversed, type WeightMoves } from './weightMoves.ts';

type DoneStep = Pick<Step, 'before' | 'edits'>;

/** All steps to the present document, including an open gesture. */
const trailOf = ({ past, gesture }: History): readonly DoneStep[] => (gesture === null ? past : [...past, gesture]);

/**
 * Moves of parameter names between two states of a document. Steps are identified by their edits, which stay the same
 * objects when a gesture becomes a step and when the file is renamed.
 */
export function movesBetween(before: History, after: History): readonly WeightMoves[] {
  if (before.past === after.past && before.gesture === after.gesture) return [];
  const [from, to] = [trailOf(before), trailOf(after)];
  const known = new Set(from.map(({ edits }) => edits));
  const kept = new Set(to.map(({ edits }) => edits));
  // Steps dropped from a long history count as done.
  const undoable = new Set(after.future.map(({ edits }) => edits));
  const undone = from.filter(
    ({ edits }) => !kept.has(edits) && (undoable.has(edits) || edits === before.gesture?.edits),
  );
  const done = to.filter(({ edits }) => !known.has(edits));
  return [
    ...undone.reverse().flatMap((step) => reversed(movesOfStep(step.before, step.edits, applyEdit))),
    ...done.flatMap((step) => movesOfStep(step.before, step.edits, applyEdit)),
  ];
}
