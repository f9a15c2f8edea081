import { isActive } from '../../state/stores/runStore.ts';
import { useDocument, useRun, useUi } from '../../state/stores/stores.ts';

/** Bad news ends with its cause: a run that goes on, an engine that is there again, another network that was opened. */
export function settleNotices(): void {
  const { settle } = useUi.getState();
  useRun.subscribe((now, before) => {
    if (now.engine === 'ready' && before.engine === 'failed') settle('engine');
    if (!isActive(now.state) || isActive(before.state)) return;
    settle('run');
    settle('engine');
  });
  useDocument.subscribe((now, before) => {
    if (now.root !== before.root) settle('blocks');
    if (now.generation === before.generation) return;
    for (const about of ['open', 'clipboard', 'travel', 'export'] as const) settle(about);
  });
}
