import { useRuns } from '../stores/runsStore.ts';
import { useRun, useUi } from '../stores/stores.ts';

/** Another network, or other weights, take the place of those that the queue was to train: the engine works it off aside. */
export function leaveQueue(): void {
  const { queue, clearQueue } = useRun.getState();
  if (queue.length === 0) return;
  useRuns.getState().asked(queue.map(({ run }) => run));
  clearQueue();
  const message = { key: 'run.queueAside', values: { count: queue.length } } as const;
  useUi.getState().notify({ tone: 'info', about: 'queue', message });
}
