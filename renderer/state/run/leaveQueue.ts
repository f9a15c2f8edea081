import { useRuns } from '../stores/runsStore.ts';
import { useRun, useUi } from '../stores/stores.ts';

/**
 * Called when another network or other weights replace the queued ones: the engine then trains the queue in the
 * background.
 */
export function leaveQueue(): void {
  const { queue, clearQueue } = useRun.getState();
  if (queue.length === 0) return;
  useRuns.getState().asked(queue.map(({ run }) => run));
  clearQueue();
  const message = { key: 'run.queueAside', values: { count: queue.length } } as const;
  useUi.getState().notify({ tone: 'info', about: 'queue', message });
}
