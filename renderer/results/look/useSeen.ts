import { useEffect, useState } from 'react';
import { useRun } from '../../state/stores/stores.ts';
import { createAsking, type LookAnswer, type LookQuestion } from './asking.ts';

/** While the network learns, it is looked at anew this often (ms). */
const WATCH_EVERY = 500;

/** What the engine shows of what is wanted, live while a run goes on. */
export function useSeen(wanted: LookQuestion | null): LookAnswer | null {
  const [seen, setSeen] = useState<LookAnswer | null>(null);
  const [ask] = useState(() => createAsking(setSeen));
  const running = useRun(({ state }) => state === 'running');
  // Other weights: with every epoch, and when a run ends or pauses; with every step while single steps are done.
  const weights = useRun(
    ({ run, state, epoch, step, hasWeights }) =>
      `${run} ${state} ${epoch} ${hasWeights} ${state === 'paused' ? step : ''}`,
  );

  // biome-ignore lint/correctness/useExhaustiveDependencies: other weights are a reason, not an input
  useEffect(() => {
    void ask(wanted);
  }, [wanted, weights]);

  useEffect(() => {
    if (!running || wanted === null || wanted.at !== null) return;
    const timer = setInterval(() => {
      if (!document.hidden) void ask(wanted);
    }, WATCH_EVERY);
    return () => clearInterval(timer);
  }, [running, wanted, ask]);

  return seen;
}
