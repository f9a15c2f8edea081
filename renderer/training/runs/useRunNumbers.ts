import { useMemo } from 'react';
import { useRuns } from '../../state/stores/runsStore.ts';
import { runNumbers } from './runNumbers.ts';

/** The numbers of runs that read alike, of all that there are. */
export function useRunNumbers(): ReadonlyMap<string, number> {
  const runs = useRuns((state) => state.runs);
  return useMemo(() => runNumbers(runs), [runs]);
}
