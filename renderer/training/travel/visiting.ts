import { useRun } from '../../state/stores/stores.ts';
import { useCheckpoint } from '../../state/travel/checkpointStore.ts';
import { useKept } from '../../state/travel/keptStore.ts';
import { nearestTo, pastOf } from '../../state/travel/track.ts';

/** Shows the network of a kept step; null: as it is now. */
export function visit(step: number | null): void {
  const { run } = useRun.getState();
  useCheckpoint.getState().go(step === null || run === null ? null : { run, step });
}

/** Shows the network of the kept step that is nearest, or of now where that is nearer. */
export function visitNear(step: number): void {
  const { run, step: now } = useRun.getState();
  const kept = useKept.getState();
  const past = pastOf(kept.run === run ? kept.checkpoints : [], now);
  const nearest = nearestTo(past, step);
  const isNow = nearest === null || Math.abs(now - step) < Math.abs(nearest.step - step);
  visit(isNow ? null : nearest.step);
}
