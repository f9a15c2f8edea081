import type { Diagnostic } from '../graph/diagnostic.ts';
import { applyEdits, type Edit } from '../graph/edits.ts';
import type { Memory } from './check.ts';

/** Problems by weight: errors, those that stop training, other warnings, hints. */
type Weights = readonly [number, number, number, number];

const rank = ({ severity, stops }: Diagnostic): number =>
  severity === 'error' ? 0 : stops === 'training' ? 1 : severity === 'warning' ? 2 : 3;

const keyOf = ({ code, node, port }: Diagnostic): string => `${code}\n${node}\n${port}`;

/** Every problem of a drawing, those included that are not told beside an error. */
const problemsOf = ({ result, untold }: Memory): readonly Diagnostic[] => [...result.diagnostics, ...untold];

/**
 * Problems that an edit brings to light and does not make: at a node whose shapes were unknown before, because of
 * another problem up its wires.
 */
function revealed(before: Memory, after: readonly Diagnostic[]): ReadonlySet<Diagnostic> {
  const known = new Set(problemsOf(before).map(keyOf));
  return new Set(
    after.filter((problem) => {
      const { node } = problem;
      return node !== null && before.inferences.get(node) === null && !known.has(keyOf(problem));
    }),
  );
}

function weigh(problems: readonly Diagnostic[]): Weights {
  const weights: [number, number, number, number] = [0, 0, 0, 0];
  for (const problem of problems) weights[rank(problem)] = (weights[rank(problem)] ?? 0) + 1;
  return weights;
}

/** Negative where `a` weighs less than `b`: fewer errors, or as many and fewer problems of the next severity, and so on. */
const compared = (a: Weights, b: Weights): number =>
  a.map((count, i) => count - (b[i] ?? 0)).find((by) => by !== 0) ?? 0;

const sum = (weights: Weights): number => weights.reduce((a, b) => a + b, 0);

/** An edit leaves fewer problems, or as many of which some are less severe; those that it only reveals aside. */
export function helps(before: Memory, after: Memory): boolean {
  const [was, left] = [problemsOf(before), problemsOf(after)];
  const shown = revealed(before, left);
  const [past, now] = [weigh(was), weigh(left.filter((problem) => !shown.has(problem)))];
  return compared(now, past) < 0 && sum(now) <= sum(past);
}

/** Nodes that are checked anew, in all trials of one check; beyond it a heap of pasted layers would hold up the canvas. */
const MOST_WORK = 40_000;

/**
 * The problems with those of their fixes that help. `checked` is the check of a document that differs from that of
 * `before` by some edits.
 */
export function withHelpingFixes(before: Memory, checked: (doc: Memory['doc']) => Memory): readonly Diagnostic[] {
  let work = 0;
  const tried = (edits: readonly Edit[]): boolean => {
    work += before.doc.nodes.length;
    return work <= MOST_WORK && helps(before, checked(applyEdits(before.doc, edits)));
  };
  return before.result.diagnostics.map((diagnostic) => {
    const fixes = diagnostic.fixes.filter(({ edits }) => tried(edits));
    return fixes.length === diagnostic.fixes.length ? diagnostic : { ...diagnostic, fixes };
  });
}
