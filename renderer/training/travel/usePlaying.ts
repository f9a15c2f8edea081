import { useEffect, useRef, useState } from 'react';
import { useRun } from '../../state/stores/stores.ts';
import { useCheckpoint } from '../../state/travel/checkpointStore.ts';
import { type CheckpointMeta, stopFrom } from '../../state/travel/track.ts';
import { lessMotion } from '../../ui/controls/lessMotion.ts';

/** Time in ms for which each checkpoint is shown, and the longer one for reduced motion. */
const SHOWN_FOR = 350;
const SHOWN_FOR_REDUCED = 1500;

/** Plays the checkpoints from the visited one to the current state; from the first one if none is visited. */
export function usePlaying(checkpoints: readonly CheckpointMeta[]) {
  const [playing, setPlaying] = useState(false);
  // The list changes with every step of a run; the timer keeps running.
  const latest = useRef(checkpoints);
  latest.current = checkpoints;

  useEffect(() => {
    if (!playing) return;
    const timer = setInterval(
      () => {
        const { run } = useRun.getState();
        const { at, go } = useCheckpoint.getState();
        const next = at === null ? null : stopFrom(latest.current, at.step, 1);
        go(next === null || run === null ? null : { run, step: next });
        if (next === null) setPlaying(false);
      },
      lessMotion() ? SHOWN_FOR_REDUCED : SHOWN_FOR,
    );
    return () => clearInterval(timer);
  }, [playing]);

  return {
    playing,
    play(): void {
      const { run } = useRun.getState();
      const { at, go } = useCheckpoint.getState();
      const [first] = checkpoints;
      if (at === null && run !== null && first !== undefined) go({ run, step: first.step });
      setPlaying(true);
    },
    pause: () => setPlaying(false),
  };
}
