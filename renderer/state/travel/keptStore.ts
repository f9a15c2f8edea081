import { create } from 'zustand';
import { UserError } from '../../../src/text.ts';
import { engine } from '../desktop/engine.ts';
import { oneAtATime } from '../desktop/oneAtATime.ts';
import { useRun, useUi } from '../stores/stores.ts';
import { useCheckpoint } from './checkpointStore.ts';
import { type CheckpointMeta, nearestTo } from './track.ts';

interface KeptState {
  /** Id of the run of the checkpoints. */
  readonly run: string | null;
  /** Oldest first. */
  readonly checkpoints: readonly CheckpointMeta[];
}

/** The stored checkpoints of the current run. */
export const useKept = create<KeptState>()(() => ({ run: null, checkpoints: [] }));

const read = oneAtATime(async () => {
  const { run } = useRun.getState();
  if (run === null) {
    useKept.setState({ run, checkpoints: [] });
    return;
  }
  try {
    const { checkpoints } = await engine.call('listCheckpoints', { run });
    if (useRun.getState().run !== run) return;
    useKept.setState({ run, checkpoints });
    leaveGone(run, checkpoints);
  } catch (error) {
    // Runs are not stored on this computer, or this run has not begun.
    if (error instanceof UserError && useRun.getState().run === run) useKept.setState({ run, checkpoints: [] });
  }
});

/** Reads the list of stored checkpoints. If the shown one has been deleted, the nearest is shown instead. */
export const readKept = (): Promise<void> => read(undefined);

function leaveGone(run: string, checkpoints: readonly CheckpointMeta[]): void {
  const { at, go } = useCheckpoint.getState();
  if (at?.run !== run || checkpoints.some(({ step }) => step === at.step)) return;
  const nearest = nearestTo(checkpoints, at.step);
  go(nearest === null ? null : { run, step: nearest.step });
  const values = { step: at.step.toLocaleString('en'), nearest: (nearest?.step ?? 0).toLocaleString('en') };
  useUi.getState().notify({ tone: 'info', about: 'travel', message: { key: 'travel.gone', values } });
}

/** Called when the stored checkpoints of a run change. A stopped run may only now have written its last ones. */
export function keptChanged(changed: string): void {
  const { run, state } = useRun.getState();
  if (changed === run && state !== 'running' && useKept.getState().run === run) void readKept();
}
