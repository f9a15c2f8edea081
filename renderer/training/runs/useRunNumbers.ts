import { useMemo } from 'react';
import { useRuns } from '../../state/stores/runsStore.ts';
import { runNumbers } from './runNumbers.ts';

/** Numbers of the runs with equal names, among all runs. */
export function useRunNumbers(): ReadonlyMap<string, number> {
  const runs = useRuns((state) => state.runs);
  return useMemo(() => runNumbers(runs), [runs]);
}
