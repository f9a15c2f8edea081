import type { NetworkDocument } from './document.ts';
import { applyEdit } from './edits.ts';
import type { History, Step } from './history.ts';
import { movesOfStep, repeated, reversed, type StepContext, type WeightMoves } from './weightMoves.ts';

type DoneStep = Omit<Step, 'after'>;

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
  const again = new Set(before.future.map(({ edits }) => edits));
  return [
    ...undone.reverse().flatMap((step) => reversed(movesOf(step, before))),
    ...done.flatMap((step) => (again.has(step.edits) ? repeated(movesOf(step, after)) : movesOf(step, after))),
  ];
}

/** Moves of a step of this history. */
function movesOf({ before, edits, serial }: DoneStep, { past }: History): readonly WeightMoves[] {
  return movesOfStep(before, edits, applyEdit, { serial, removed: removedBefore(serial, past, edits) });
}

/** Names that layers lost in the steps before this one; empty if the step adds no layer. */
function removedBefore(serial: number, past: History['past'], edits: DoneStep['edits']): StepContext['removed'] {
  if (!edits.some(adds)) return new Set();
  const steps = past.filter((step) => step.serial < serial && step.edits.some(({ kind }) => !keepsNames.has(kind)));
  return new Set(
    steps.flatMap(({ before, after }) => {
      const left = namesIn(after);
      return [...namesIn(before)].filter((name) => !left.has(name));
    }),
  );
}

const namesIn = ({ nodes, blocks }: NetworkDocument): ReadonlySet<string> =>
  new Set([nodes, ...blocks.map((block) => block.nodes)].flatMap((list) => list.map(({ name }) => name)));

const adds = (edit: DoneStep['edits'][number]): boolean =>
  edit.kind === 'addNode' || edit.kind === 'insertNode' || (edit.kind === 'editBlock' && edit.edits.some(adds));

/** The most frequent edits, which take no name from a layer. */
const keepsNames: ReadonlySet<string> = new Set(['move', 'setConfig', 'connect', 'disconnect', 'setRecipe', 'setData']);
