import { useRuns } from '../../state/stores/runsStore.ts';
import { useRun } from '../../state/stores/stores.ts';

/** True if the run was requested in this window or is shown in its run panel. */
export function useOwn(run: string): boolean {
  const asked = useRuns((state) => state.own.has(run));
  return useRun((state) => state.run === run) || asked;
}
