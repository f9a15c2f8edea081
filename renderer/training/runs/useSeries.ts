import { useMemo } from 'react';
import { isUnderWay, type RunRecord } from '../../../src/runs/record.ts';
import { useRuns } from '../../state/stores/runsStore.ts';

/** Runs that this window has asked for beside the open network: a sweep, an ablation, runs that are trained again. */
export interface Series {
  /** Their group; null where they have none. */
  readonly group: string | null;
  readonly underWay: readonly RunRecord[];
  readonly all: number;
}

/** Null while nothing of the kind is under way. */
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
