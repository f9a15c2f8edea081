import { useEffect, useRef } from 'react';
import { isActive } from '../../state/stores/runStore.ts';
import { useDocument, useRun } from '../../state/stores/stores.ts';
import { useCheckpoint } from '../../state/travel/checkpointStore.ts';
import { askResults, useResults } from './resultsStore.ts';

/** Results take at most this share of a run's time, since training goes first, and come at most so often (ms). */
const SHARE = 0.1;
const SHORTEST = 500;

/** Milliseconds from one evaluation to the next. Without a run nothing has to wait, and figures must not be those of before. */
export const pauseAfter = (took: number, isTraining: boolean): number =>
  isTraining ? Math.max(SHORTEST, took / SHARE) : SHORTEST;

/** While it is mounted: results are asked for whenever an epoch or a run has ended, or the drawing has changed. */
export function useFreshResults(): void {
  const asked = useRef(Number.NEGATIVE_INFINITY);
  const check = useDocument((state) => state.rootCheck);
  const engine = useRun((state) => state.engine);
  const at = useCheckpoint((state) => state.at);
  const hasWeights = useRun((state) => state.hasWeights);
  const hasOthers = useRun((state) => state.hasOthers);
  const isTraining = useRun(({ state }) => state !== 'paused' && isActive(state));
  // Steps between epochs do not count, single ones do.
  const progress = useRun(
    ({ run, state, epoch, step }) => `${run} ${state} ${epoch} ${state === 'paused' ? step : ''}`,
  );

  // biome-ignore lint/correctness/useExhaustiveDependencies: they are the reason to ask, not what is asked
  useEffect(() => {
    if (!hasWeights || engine !== 'ready') return;
    const took = useResults.getState().results?.took ?? 0;
    const wait = asked.current + pauseAfter(took, isTraining) - performance.now();
    const timer = setTimeout(
      () => {
        asked.current = performance.now();
        void askResults();
      },
      Math.max(0, wait),
    );
    return () => clearTimeout(timer);
  }, [check, progress, at, hasWeights, hasOthers, isTraining, engine]);
}
