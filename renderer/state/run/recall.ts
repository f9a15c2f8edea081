import { Curves } from '../../../src/runs/curves.ts';
import { askEngine } from '../desktop/engine.ts';
import { useDocument, useRun } from '../stores/stores.ts';
import { epochRows } from './epochRows.ts';

/** Brings back curves, checkpoints and state of the run that was opened with the network. */
export async function recallRun(): Promise<void> {
  const { generation } = useDocument.getState();
  if (useRun.getState().engine !== 'ready') return;
  const answer = await askEngine({ kind: 'readLast' });
  if (answer.kind !== 'lastRun' || answer.last === null) return;
  // A run or another network may have begun meanwhile.
  if (useDocument.getState().generation !== generation || useRun.getState().run !== null) return;
  const { run, document, history, changes, curves, moments, step, steps, state, keptEpoch, hasOthers } = answer.last;
  const { epochs } = document.recipe;
  useRun.getState().recall({
    run: run ?? crypto.randomUUID(),
    document,
    state,
    step,
    steps,
    curves: Curves.fromArrays(curves),
    history: epochRows(history, moments, { steps, epochs }),
    changes,
    moved: [],
    kept: keptEpoch,
    hasOthers,
    fromFile: moments.at(-1)?.step !== step,
  });
}
