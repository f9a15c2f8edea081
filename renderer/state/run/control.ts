import { sendToEngine } from '../desktop/engine.ts';
import { isActive } from '../stores/runStore.ts';
import { useRun } from '../stores/stores.ts';

type Action = 'pause' | 'resume' | 'step' | 'epoch' | 'stop';

/** Sends an action to the active run, if there is one. */
export function control(action: Action): void {
  const { run, state } = useRun.getState();
  if (run !== null && isActive(state)) sendToEngine('control', { run, action });
}
