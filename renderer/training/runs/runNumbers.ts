import type { RunRecord } from '../../../src/runs/record.ts';
import type { Language } from '../../../src/text.ts';
import { settingsOf } from './differing.ts';
import { runName } from './settingWords.ts';

/** Numbers by run id, oldest first, for runs with equal names and settings. Unique runs have no number. */
export function runNumbers(runs: readonly RunRecord[]): ReadonlyMap<string, number> {
  const alike = new Map<string, RunRecord[]>();
  for (const run of [...runs].sort((a, b) => a.created - b.created)) {
    const key = JSON.stringify([run.name, run.network, [...settingsOf(run)].sort()]);
    alike.set(key, [...(alike.get(key) ?? []), run]);
  }
  const several = [...alike.values()].filter(({ length }) => length > 1);
  return new Map(several.flatMap((same) => same.map(({ id }, i) => [id, i + 1] as const)));
}

export const withNumber = (name: string, number: number | undefined): string =>
  number === undefined ? name : `${name} #${number}`;

/** Name of the run, with its number if it has one. */
export const numberedName = (run: RunRecord, numbers: ReadonlyMap<string, number>, language: Language): string =>
  withNumber(runName(run, language), numbers.get(run.id));
