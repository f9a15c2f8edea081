import type { History, Step } from './history.ts';
import { movesOfStep, reversed, type WeightMoves } from './weightMoves.ts';

type Done = Pick<Step, 'before' | 'edits'>;

/** All that was done to come to the present document, a gesture that goes on included. */
const trailOf = ({ past, gesture }: History): readonly Done[] => (gesture === null ? past : [...past, gesture]);

/**
 * What the way from one present of a document to another does to the names of its parameters. Steps are told apart by
 * their edits, which stay the same when a gesture becomes a step and when the file gets another name.
 */
export function movesBetween(before: History, after: History): readonly WeightMoves[] {
  if (before.past === after.past && before.gesture === after.gesture) return [];
  const [from, to] = [trailOf(before), trailOf(after)];
  const known = new Set(from.map(({ edits }) => edits));
  const kept = new Set(to.map(({ edits }) => edits));
  // Steps that a long history forgets are not undone.
  const undoable = new Set(after.future.map(({ edits }) => edits));
  const undone = from.filter(
    ({ edits }) => !kept.has(edits) && (undoable.has(edits) || edits === before.gesture?.edits),
  );
  const done = to.filter(({ edits }) => !known.has(edits));
  return [
    ...undone.reverse().flatMap((step) => reversed(movesOfStep(step.before, step.edits))),
    ...done.flatMap((step) => movesOfStep(step.before, step.edits)),
  ];
}
