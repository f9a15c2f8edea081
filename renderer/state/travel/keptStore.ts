import { create } from 'zustand';
import { UserError } from '../../../src/text.ts';
import { engine } from '../desktop/engine.ts';
import { useRun, useUi } from '../stores/stores.ts';
import { useMoment } from './momentStore.ts';
import { type KeptMoment, nearestTo } from './track.ts';

interface KeptState {
  /** The run whose moments they are. */
  readonly run: string | null;
  /** Oldest first. */
  readonly moments: readonly KeptMoment[];
}

/** The kept moments of the present run. */
export const useKept = create<KeptState>()(() => ({ run: null, moments: [] }));

let reading = false;
let again = false;

/** Asks which moments are kept. Where the one that is shown is not among them any more, the nearest is shown instead. */
export async function readKept(): Promise<void> {
  const { run } = useRun.getState();
  if (run === null) {
    useKept.setState({ run, moments: [] });
    return;
  }
  // Moments that are written meanwhile are asked for afterwards.
  again = reading;
  if (reading) return;
  reading = true;
  try {
    const { checkpoints } = await engine.call('listCheckpoints', { run });
    if (useRun.getState().run !== run) return;
    useKept.setState({ run, moments: checkpoints });
    leaveGone(run, checkpoints);
  } catch (error) {
    // Runs are not kept here, or this one has not begun.
    if (error instanceof UserError) useKept.setState({ run, moments: [] });
  } finally {
    reading = false;
    if (again) readKept().catch(console.error);
  }
}

function leaveGone(run: string, moments: readonly KeptMoment[]): void {
  const { at, go } = useMoment.getState();
  if (at?.run !== run || moments.some(({ step }) => step === at.step)) return;
  const nearest = nearestTo(moments, at.step);
  go(nearest === null ? null : { run, step: nearest.step });
  const values = { step: at.step.toLocaleString('en'), nearest: (nearest?.step ?? 0).toLocaleString('en') };
  useUi.getState().notify({ tone: 'info', about: 'travel', message: { key: 'travel.gone', values } });
}

/** What is kept of a run has changed: of one that stands still, its last moments may only just have been written. */
export function keptChanged(changed: string): void {
  const { run, state } = useRun.getState();
  if (changed === run && state !== 'running' && useKept.getState().run === run) readKept().catch(console.error);
}
