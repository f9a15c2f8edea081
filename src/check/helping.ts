import type { Diagnostic, Fix } from '../graph/diagnostic.ts';
import { applyEdits, type Edit } from '../graph/edits.ts';
import type { Memory } from './check.ts';

/** Problems by weight: errors, those that stop training, other warnings, hints. */
type Weights = readonly [number, number, number, number];

const rank = ({ severity, stops }: Diagnostic): number =>
  severity === 'error' ? 0 : stops === 'training' ? 1 : severity === 'warning' ? 2 : 3;

const keyOf = ({ code, node, port }: Diagnostic): string => `${code}\n${node}\n${port}`;

function weigh(problems: readonly Diagnostic[]): Weights {
  const weights: [number, number, number, number] = [0, 0, 0, 0];
  for (const problem of problems) weights[rank(problem)] = (weights[rank(problem)] ?? 0) + 1;
  return weights;
}

/** Negative where `a` weighs less than `b`: fewer errors, or as many and fewer problems of the next severity, and so on. */
const compared = (a: Weights, b: Weights): number =>
  a.map((count, i) => count - (b[i] ?? 0)).find((by) => by !== 0) ?? 0;

const sum = (weights: Weights): number => weights.reduce((a, b) => a + b, 0);

/**
 * A judge of edits: they help when they leave fewer problems, or as many of which some are less severe. Problems that an
 * edit brings to light and does not make are left aside: those at a node whose shapes were unknown before, because of
 * another problem up its wires.
 */
function judgeOf(before: Memory): (left: readonly Diagnostic[]) => boolean {
  const present = [...before.result.diagnostics, ...before.untold];
  const known = new Set(present.map(keyOf));
  const past = weigh(present);
  const revealed = (problem: Diagnostic): boolean =>
    problem.node !== null && before.inferences.get(problem.node) === null && !known.has(keyOf(problem));
  return (left) => {
    const now = weigh(left.filter((problem) => !revealed(problem)));
    return compared(now, past) < 0 && sum(now) <= sum(past);
  };
}

/** More than these are no help to choose from. */
const MOST_FIXES = 4;

/** Nodes that are checked anew, in all trials of one check; beyond it a heap of pasted layers would hold up the canvas. */
const MOST_WORK = 20_000;

/**
 * The problems with those of their fixes that help; `problemsIn` checks a document that differs from that of `before` by
 * some edits.
 */
export function withHelpingFixes(
  before: Memory,
  problemsIn: (doc: Memory['doc']) => readonly Diagnostic[],
): readonly Diagnostic[] {
  const helps = judgeOf(before);
  let work = 0;
  const tried = (edits: readonly Edit[]): boolean => {
    work += before.doc.nodes.length;
    return work <= MOST_WORK && helps(problemsIn(applyEdits(before.doc, edits)));
  };
  return before.result.diagnostics.map((diagnostic) => {
    const fixes: Fix[] = [];
    for (const fix of diagnostic.fixes) {
      if (fixes.length === MOST_FIXES || (fix.fallback && fixes.length > 0)) break;
      if (tried(fix.edits)) fixes.push(fix);
    }
    return fixes.length === diagnostic.fixes.length ? diagnostic : { ...diagnostic, fixes };
  });
}
