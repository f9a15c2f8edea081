import { useDocument, useRun } from '../../state/stores/stores.ts';
import { useCheckpoint } from '../../state/travel/checkpointStore.ts';

/** Another network, or another run, begins with the present. */
export function followCheckpoint(): void {
  useDocument.subscribe((now, before) => {
    if (now.generation !== before.generation) useCheckpoint.getState().go(null);
  });
  useRun.subscribe((now, before) => {
    if (now.run !== before.run) useCheckpoint.getState().go(null);
  });
}
