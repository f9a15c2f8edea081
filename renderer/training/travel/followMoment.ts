import { useDocument, useRun } from '../../state/stores/stores.ts';
import { useMoment } from '../../state/travel/momentStore.ts';

/** Another network, or another run, begins with the present. */
export function followMoment(): void {
  useDocument.subscribe((now, before) => {
    if (now.generation !== before.generation) useMoment.getState().go(null);
  });
  useRun.subscribe((now, before) => {
    if (now.run !== before.run) useMoment.getState().go(null);
  });
}
