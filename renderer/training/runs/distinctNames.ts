import type { RunRecord } from '../../../src/runs/record.ts';
import type { Language } from '../../../src/text.ts';
import { differences, differingText, SEED } from './differing.ts';
import { numberedName } from './runNumbers.ts';

export interface Naming {
  readonly language: Language;
  /** Numbers of all existing runs, from `runNumbers`. */
  readonly numbers: ReadonlyMap<string, number>;
  /** Formats a start time, for runs that have no number but the same name. */
  readonly at: (created: number) => string;
  /** False to ignore differences in the seed. */
  readonly seeds?: boolean;
}

/**
 * Unique names for a list of runs. A name lists the differences to the other runs. If they are not unique, it is the name
 * of the run with its number in the table of runs, or with its start time.
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
