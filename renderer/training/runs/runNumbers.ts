import type { RunRecord } from '../../../src/runs/record.ts';
import type { Language } from '../../../src/text.ts';
import { settingsOf } from './differing.ts';
import { runName } from './settingWords.ts';

/** By run: its number, the oldest first, among those with the same name and the same settings. Runs without a like have none. */
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

/** What a run is called where others stand beside it. */
export const numberedName = (run: RunRecord, numbers: ReadonlyMap<string, number>, language: Language): string =>
  withNumber(runName(run, language), numbers.get(run.id));
