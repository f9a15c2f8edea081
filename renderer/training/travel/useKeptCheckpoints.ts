import { useEffect } from 'react';
import { useRun } from '../../state/stores/stores.ts';
import { readKept, useKept } from '../../state/travel/keptStore.ts';
import { type CheckpointMeta, pastOf } from '../../state/travel/track.ts';

/** Interval in ms at which the engine is asked for new checkpoints during a run. */
const ASK_EVERY = 5000;

/** Checkpoints of the current run before its current step, oldest first. */
export function useKeptCheckpoints(): readonly CheckpointMeta[] {
  const run = useRun((state) => state.run);
  const step = useRun((state) => state.step);
  const running = useRun(({ state }) => state === 'running');
  const runKey = useRun(({ run, state, epoch, engine }) => `${run} ${state} ${epoch} ${engine}`);
  // biome-ignore lint/correctness/useExhaustiveDependencies: checkpoints change with every epoch and state
  useEffect(() => {
    void readKept();
  }, [runKey]);
  useEffect(() => {
    if (!running) return;
    const timer = setInterval(() => void readKept(), ASK_EVERY);
    return () => clearInterval(timer);
  }, [running]);
  const kept = useKept();
  return kept.run === run ? pastOf(kept.checkpoints, step) : [];
}
