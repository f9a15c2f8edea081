import { useEffect, useMemo, useState } from 'react';
import type { CheckpointRef } from '../../../src/runs/record.ts';
import { UserError } from '../../../src/text.ts';
import { engine } from '../../state/desktop/engine.ts';
import { useKept } from '../../state/travel/keptStore.ts';

/** The last kept checkpoint of the run, or the first one of the current run for null; null if none is kept. */
export function useCompared(run: string | null): CheckpointRef | null {
  const current = useKept((state) => state.run);
  const first = useKept(({ checkpoints }) => checkpoints[0]?.step);
  const [last, setLast] = useState<CheckpointRef | null>(null);
  useEffect(() => {
    let wanted = true;
    setLast(null);
    if (run !== null) {
      engine.call('listCheckpoints', { run }).then(
        ({ checkpoints }) => {
          const step = checkpoints.at(-1)?.step;
          if (wanted && step !== undefined) setLast({ run, step });
        },
        (error) => {
          if (!(error instanceof UserError)) console.error(error);
        },
      );
    }
    return () => {
      wanted = false;
    };
  }, [run]);
  return useMemo(
    () => (run !== null ? last : current === null || first === undefined ? null : { run: current, step: first }),
    [run, last, current, first],
  );
}
