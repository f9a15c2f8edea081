import { Curves } from '../../../src/runs/curves.ts';
import { engine } from '../desktop/engine.ts';
import { useDocument, useRun } from '../stores/stores.ts';
import { epochRows } from './epochRows.ts';

/** Restores curves, checkpoints and state of the run that is stored with the opened network. */
export async function recallRun(): Promise<void> {
  const { generation } = useDocument.getState();
  if (useRun.getState().engine !== 'ready') return;
  const { last } = await engine.call('readLast', {});
  if (last === null) return;
  // A run may have begun or another network may have been opened meanwhile.
  if (useDocument.getState().generation !== generation || useRun.getState().run !== null) return;
  const { run, document, history, changes, curves, checkpoints, step, steps, state, keptEpoch, hasOthers } = last;
  const { epochs } = document.recipe;
  useRun.getState().recall({
    run: run ?? crypto.randomUUID(),
    document,
    state,
    step,
    steps,
    curves: Curves.fromArrays(curves),
    history: epochRows(history, checkpoints, { steps, epochs }),
    changes,
    moved: [],
    kept: keptEpoch,
    hasOthers,
    fromFile: checkpoints.at(-1)?.step !== step,
  });
}
