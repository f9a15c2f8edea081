import type { Diagnostic, Fix } from '../graph/diagnostic.ts';
import { applyEdits } from '../graph/edits.ts';
import type { Memory } from './check.ts';

/** Number of problems by severity: errors, warnings that prevent training, other warnings, hints. */
type Weights = readonly [number, number, number, number];

const rank = ({ severity, stops }: Diagnostic): number =>
  severity === 'error' ? 0 : stops === 'training' ? 1 : severity === 'warning' ? 2 : 3;

const keyOf = ({ code, node, port }: Diagnostic): string => `${code}\n${node}\n${port}`;

function weigh(problems: readonly Diagnostic[]): Weights {
  const weights: [number, number, number, number] = [0, 0, 0, 0];
  for (const problem of problems) weights[rank(problem)] = (weights[rank(problem)] ?? 0) + 1;
  return weights;
}

/** Negative if `a` is better than `b`: fewer errors, or as many errors and fewer problems of the next severity, and so on. */
const compared = (a: Weights, b: Weights): number =>
  a.map((count, i) => count - (b[i] ?? 0)).find((by) => by !== 0) ?? 0;

const sum = ([errors, stops, warnings]: Weights): number => errors + stops + warnings;

/**
 * A judge of edits. They help if they leave fewer problems, or as many with lower severity; hints count only if all else is
 * equal. Problems that an edit reveals but does not cause are ignored: those at nodes whose shapes were unknown because of
 * another problem upstream, or that led to no output.
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

/** Max number of fixes per problem. */
const MOST_FIXES = 4;

/** Max number of nodes checked in all trials of one check, so that many pasted layers do not block the canvas. */
const MOST_WORK = 20_000;

/**
 * The problems with only the fixes that help; a fix that reveals other problems only if there is no better one.
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
