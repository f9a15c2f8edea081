import { isActive } from '../../state/stores/runStore.ts';
import { useDocument, useRun, useUi } from '../../state/stores/stores.ts';

/** Dismisses errors when their cause is gone: the run resumes, the engine is back, or another network is opened. */
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
