import { useEffect, useRef } from 'react';
import { useDocument, useRun } from '../stores/stores.ts';
import { useMoment } from '../travel/momentStore.ts';
import { askResults, useResults } from './resultsStore.ts';

/** Results are to take at most this share of the time, and to come at most so often (ms): training goes first. */
const SHARE = 0.1;
const SHORTEST = 500;

/** Milliseconds from one asking to the next one that nobody asked for. */
export const pauseAfter = (took: number): number => Math.max(SHORTEST, took / SHARE);

/** While it is mounted: results are asked for whenever an epoch or a run has ended, or the drawing has changed. */
export function useFreshResults(): void {
  const asked = useRef(Number.NEGATIVE_INFINITY);
  const check = useDocument((state) => state.rootCheck);
  const engine = useRun((state) => state.engine);
  const at = useMoment((state) => state.at);
  const hasWeights = useRun((state) => state.hasWeights);
  // Steps between epochs do not count, single ones do.
  const moment = useRun(({ run, state, epoch, step }) => `${run} ${state} ${epoch} ${state === 'paused' ? step : ''}`);

  // biome-ignore lint/correctness/useExhaustiveDependencies: they are the reason to ask, not what is asked
  useEffect(() => {
    if (!hasWeights || engine !== 'ready') return;
    const took = useResults.getState().results?.took ?? 0;
    const wait = asked.current + pauseAfter(took) - performance.now();
    const timer = setTimeout(
      () => {
        asked.current = performance.now();
        askResults().catch(console.error);
      },
      Math.max(0, wait),
    );
    return () => clearTimeout(timer);
  }, [check, moment, at, hasWeights, engine]);
}
