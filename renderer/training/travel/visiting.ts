import { useRun } from '../../state/stores/stores.ts';
import { useCheckpoint } from '../../state/travel/checkpointStore.ts';
import { useKept } from '../../state/travel/keptStore.ts';
import { nearestTo, pastOf } from '../../state/travel/track.ts';

/** Visits the checkpoint of a step; null returns to the current state. */
export function visit(step: number | null): void {
  const { run } = useRun.getState();
  useCheckpoint.getState().go(step === null || run === null ? null : { run, step });
}

/** Visits the checkpoint nearest to a step, or returns to the current state if that is nearer. */
export function visitNear(step: number): void {
  const { run, step: now } = useRun.getState();
  const kept = useKept.getState();
  const past = pastOf(kept.run === run ? kept.checkpoints : [], now);
  const nearest = nearestTo(past, step);
  const isNow = nearest === null || Math.abs(now - step) < Math.abs(nearest.step - step);
  visit(isNow ? null : nearest.step);
}
