import type { RunRecord } from '../../../src/runs/record.ts';
import type { Language } from '../../../src/text.ts';
import { differences, differingText, SEED } from './differing.ts';
import { numberedName } from './runNumbers.ts';

export interface Naming {
  readonly language: Language;
  /** Of all runs that there are: `runNumbers`. */
  readonly numbers: ReadonlyMap<string, number>;
  /** How a time is written, for runs that have no number and still read alike. */
  readonly at: (created: number) => string;
  /** False: the seed does not count as a difference. */
  readonly seeds?: boolean;
}

/**
 * A name for each of some runs that no other of them has: what differs; else the name with its number, as in the table
 * of runs, or with the time of its start.
 */
export function distinctNames(
  runs: readonly RunRecord[],
  { language, numbers, at, seeds = true }: Naming,
): readonly string[] {
  const found = differences(runs, false);
  const networks = new Set(runs.map(({ network }) => network)).size;
  const labels = runs.map((run) => {
    const words = differingText(
      (found.get(run.id) ?? []).filter(({ key }) => seeds || key !== SEED),
      language,
    );
    return { run, words, short: words !== '' && networks === 1 ? words : '' };
  });
  const long = labels.map(({ run, words }) =>
    [numberedName(run, numbers, language), words].filter(Boolean).join(' · '),
  );
  const isUnique = (names: readonly string[], i: number) =>
    names.indexOf(names[i] ?? '') === names.lastIndexOf(names[i] ?? '');
  const shorts = labels.map(({ short }) => short);
  return labels.map(({ run, short }, i) => {
    if (short !== '' && isUnique(shorts, i)) return short;
    return isUnique(long, i) ? (long[i] ?? '') : `${long[i]} · ${at(run.created)}`;
  });
}
