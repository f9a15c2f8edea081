import { useDocument, useRun } from '../../state/stores/stores.ts';
import { useCheckpoint } from '../../state/travel/checkpointStore.ts';

/** Ends the visit of a checkpoint when another network is opened or another run starts. */
export function followCheckpoint(): void {
  useDocument.subscribe((now, before) => {
    if (now.generation !== before.generation) useCheckpoint.getState().go(null);
  });
  useRun.subscribe((now, before) => {
    if (now.run !== before.run) useCheckpoint.getState().go(null);
  });
}
