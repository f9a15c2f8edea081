import { useRuns } from '../../state/stores/runsStore.ts';
import { useRun } from '../../state/stores/stores.ts';

/** Whether this window has the run: it was asked for here, or is the one that its panel shows. */
export function useOwn(run: string): boolean {
  const asked = useRuns((state) => state.own.has(run));
  return useRun((state) => state.run === run) || asked;
}
