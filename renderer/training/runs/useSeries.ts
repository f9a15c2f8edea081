import { useMemo } from 'react';
import { isUnderWay, type RunRecord } from '../../../src/runs/record.ts';
import { useRuns } from '../../state/stores/runsStore.ts';

/** Runs that this window requested in the background: a sweep, an ablation study, or runs trained again. */
export interface Series {
  /** Group of the runs; null if there is none. */
  readonly group: string | null;
  readonly underWay: readonly RunRecord[];
  readonly all: number;
}

/** Active series of this window; null if there is none. */
export function seriesOf(runs: readonly RunRecord[], own: ReadonlySet<string>): Series | null {
  const asked = runs.filter(({ id }) => own.has(id));
  const underWay = asked.filter(({ state }) => isUnderWay(state));
  const present = underWay.find(({ state }) => state !== 'queued') ?? underWay[0];
  if (present === undefined) return null;
  const all = asked.filter(({ group, state }) => group === present.group || isUnderWay(state)).length;
  return { group: present.group, underWay, all };
}

export function useSeries(): Series | null {
  const runs = useRuns((state) => state.runs);
  const own = useRuns((state) => state.own);
  return useMemo(() => seriesOf(runs, own), [runs, own]);
}
