import type { Diagnostic, Fix } from '../graph/diagnostic.ts';
import { applyEdits } from '../graph/edits.ts';
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

const sum = ([errors, stops, warnings]: Weights): number => errors + stops + warnings;

/**
 * A judge of edits: they help when they leave fewer problems, or as many of which some are less severe. Hints count only
 * where all else is equal. Problems that an edit brings to light and does not make are left aside: those at a node whose
 * shapes were unknown before, because of another problem up its edges, or that led to no output.
 */
function judgeOf(before: Memory): (left: readonly Diagnostic[]) => 'worse' | 'reveals' | 'better' {
  const known = new Set(before.gravest.map(keyOf));
  const past = weigh(before.gravest);
  const revealed = (problem: Diagnostic): boolean =>
    problem.node !== null &&
    problem.code !== 'dead-end' &&
    before.inferences.has(problem.node) &&
    (before.inferences.get(problem.node) === null || !before.used.has(problem.node)) &&
    !known.has(keyOf(problem));
  const isBetter = (now: Weights): boolean => compared(now, past) < 0 && sum(now) <= sum(past);
  return (left) => {
    if (isBetter(weigh(left))) return 'better';
    return isBetter(weigh(left.filter((problem) => !revealed(problem)))) ? 'reveals' : 'worse';
  };
}

/** More than these are no help to choose from. */
const MOST_FIXES = 4;

/** Nodes that are checked anew, in all trials of one check; beyond it a heap of pasted layers would hold up the canvas. */
const MOST_WORK = 20_000;

/**
 * The problems with those of their fixes that help; one that reveals other problems only where none does without.
 * `problemsIn` checks a document that differs from that of `before` by some edits.
 */
export function withHelpingFixes(
  before: Memory,
  problemsIn: (doc: Memory['doc']) => readonly Diagnostic[],
): readonly Diagnostic[] {
  const judge = judgeOf(before);
  let work = 0;
  const helping = (fixes: readonly Fix[]): readonly Fix[] => {
    const found = { worse: [], reveals: [], better: [] } as Record<ReturnType<typeof judge>, Fix[]>;
    for (const fix of fixes) {
      work += before.doc.nodes.length;
      const enough = found.better.length === MOST_FIXES || (fix.fallback && found.better.length > 0);
      if (enough || work > MOST_WORK) break;
      found[judge(problemsIn(applyEdits(before.doc, fix.edits)))].push(fix);
    }
    return found.better.length > 0 ? found.better : found.reveals.slice(0, MOST_FIXES);
  };
  return before.result.diagnostics.map((diagnostic) => {
    const fixes = helping(diagnostic.fixes);
    return fixes.length === diagnostic.fixes.length ? diagnostic : { ...diagnostic, fixes };
  });
}
