import { useEffect, useRef } from 'react';
import { useRetry } from '../../state/data/dataReturn.ts';
import { isActive } from '../../state/stores/runStore.ts';
import { useDocument, useRun } from '../../state/stores/stores.ts';
import { useCheckpoint } from '../../state/travel/checkpointStore.ts';
import { requestResults, useResults } from './resultsStore.ts';

/** Max share of a run's time for computing results, and min interval in ms. */
const SHARE = 0.1;
const SHORTEST = 500;

/** Interval between evaluations, in ms. Without a run it is short, so that the metrics are never outdated for long. */
export const evaluationInterval = (took: number, isTraining: boolean): number =>
  isTraining ? Math.max(SHORTEST, took / SHARE) : SHORTEST;

/** Requests results after every epoch, at the end of a run, after edits, and when missing data may be back, as long as the component is mounted. */
export function useFreshResults(): void {
  const asked = useRef(Number.NEGATIVE_INFINITY);
  const check = useDocument((state) => state.rootCheck);
  const engine = useRun((state) => state.engine);
  const at = useCheckpoint((state) => state.at);
  const hasWeights = useRun((state) => state.hasWeights);
  const hasOthers = useRun((state) => state.hasOthers);
  const retry = useRetry(useResults(({ message }) => message !== null));
  const isTraining = useRun(({ state }) => state !== 'paused' && isActive(state));
  // Single steps of a paused run count; steps between epochs do not.
  const progress = useRun(
    ({ run, state, epoch, step }) => `${run} ${state} ${epoch} ${state === 'paused' ? step : ''}`,
  );

  // biome-ignore lint/correctness/useExhaustiveDependencies: these are reasons to ask again, not inputs
  useEffect(() => {
    if (!hasWeights || engine !== 'ready') return;
    const took = useResults.getState().results?.took ?? 0;
    const wait = asked.current + evaluationInterval(took, isTraining) - performance.now();
    const timer = setTimeout(
      () => {
        asked.current = performance.now();
        void requestResults();
      },
      Math.max(0, wait),
    );
    return () => clearTimeout(timer);
  }, [check, progress, at, hasWeights, hasOthers, isTraining, engine, retry]);
}
