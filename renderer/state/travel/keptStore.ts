import { create } from 'zustand';
import { UserError } from '../../../src/text.ts';
import { engine } from '../desktop/engine.ts';
import { oneAtATime } from '../desktop/oneAtATime.ts';
import { useRun, useUi } from '../stores/stores.ts';
import { useCheckpoint } from './checkpointStore.ts';
import { type CheckpointMeta, nearestTo } from './track.ts';

interface KeptState {
  /** The run whose checkpoints they are. */
  readonly run: string | null;
  /** Oldest first. */
  readonly checkpoints: readonly CheckpointMeta[];
}

/** The kept checkpoints of the present run. */
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
    // Runs are not kept here, or this one has not begun.
    if (error instanceof UserError && useRun.getState().run === run) useKept.setState({ run, checkpoints: [] });
  }
});

/** Asks which checkpoints are kept. Where the one that is shown is not among them any more, the nearest is shown instead. */
export const readKept = (): Promise<void> => read(undefined);

function leaveGone(run: string, checkpoints: readonly CheckpointMeta[]): void {
  const { at, go } = useCheckpoint.getState();
  if (at?.run !== run || checkpoints.some(({ step }) => step === at.step)) return;
  const nearest = nearestTo(checkpoints, at.step);
  go(nearest === null ? null : { run, step: nearest.step });
  const values = { step: at.step.toLocaleString('en'), nearest: (nearest?.step ?? 0).toLocaleString('en') };
  useUi.getState().notify({ tone: 'info', about: 'travel', message: { key: 'travel.gone', values } });
}

/** What is kept of a run has changed: of one that stands still, its last checkpoints may only just have been written. */
export function keptChanged(changed: string): void {
  const { run, state } = useRun.getState();
  if (changed === run && state !== 'running' && useKept.getState().run === run) void readKept();
}
