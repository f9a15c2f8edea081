import { useEffect, useState } from 'react';
import { useRetry } from '../../state/data/dataReturn.ts';
import { useRun } from '../../state/stores/stores.ts';
import { createRequester, type LookReply, type LookRequest } from './requests.ts';
import { useWeightsKey } from './useWeightsKey.ts';

/** Interval in ms between updates during training. */
const WATCH_EVERY = 500;

/** Result of a look request, updated during a run. */
export function useLookReply(wanted: LookRequest | null): LookReply | null {
  const [seen, setSeen] = useState<LookReply | null>(null);
  const [ask] = useState(() => createRequester(setSeen));
  const retry = useRetry(seen !== null && seen.message !== null);
  const running = useRun(({ state }) => state === 'running');
  const weights = useWeightsKey();

  // biome-ignore lint/correctness/useExhaustiveDependencies: new weights and returned data are reasons to ask again, not inputs
  useEffect(() => {
    void ask(wanted);
  }, [wanted, weights, retry]);

  useEffect(() => {
    if (!running || wanted === null || wanted.at !== null) return;
    const timer = setInterval(() => {
      if (!document.hidden) void ask(wanted);
    }, WATCH_EVERY);
    return () => clearInterval(timer);
  }, [running, wanted, ask]);

  return seen;
}
