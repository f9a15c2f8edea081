import { Curves } from '../../../src/runs/curves.ts';
import type { CheckpointRef } from '../../../src/runs/record.ts';
import { UserError } from '../../../src/text.ts';
import { engine } from '../../state/desktop/engine.ts';
import { leaveQueue } from '../../state/run/leaveQueue.ts';
import { useDocument, useRun, useUi } from '../../state/stores/stores.ts';
import { useCheckpoint } from '../../state/travel/checkpointStore.ts';
import { readKept } from '../../state/travel/keptStore.ts';
import { showPanel } from '../../state/workspaces/workspaceStore.ts';
import { requestTraining } from '../run/trainRequest.ts';
import { branchRecipe } from './branchRecipe.ts';

/**
 * Starts a new run from a checkpoint. Its training settings may differ, its curves begin with those up to the checkpoint.
 */
export function branchHere(at: CheckpointRef): void {
  const { document: began, engine, curves: before, history, changes, steps, moved, resume } = useRun.getState();
  if (began === null || engine !== 'ready') return;
  const { root } = useDocument.getState();
  const document = { ...began, recipe: branchRecipe(began.recipe, changes, at.step, root.recipe) };
  const run = crypto.randomUUID();
  const curves = Curves.fromArrays(before.toArrays());
  curves.cut(at.step);
  const until = <T extends { readonly step: number }>(rows: readonly T[]) => rows.filter(({ step }) => step <= at.step);
  resume({ run, document, step: at.step, steps, curves, history: until(history), changes: until(changes), moved });
  requestTraining({ run, document, weights: 'resume', from: at, moved });
  showPanel('curves');
}

/** Replaces the weights of the network by those of a checkpoint. */
export async function takeWeights(at: CheckpointRef): Promise<void> {
  const { notify } = useUi.getState();
  try {
    await engine.call('takeWeights', { at, moved: useRun.getState().moved });
    useCheckpoint.getState().go(null);
    useRun.getState().weightsTaken(at.step);
    leaveQueue();
    notify({
      tone: 'good',
      about: 'travel',
      message: { key: 'travel.taken', values: { step: at.step.toLocaleString('en') } },
    });
  } catch (error) {
    if (!(error instanceof UserError)) return;
    notify({ tone: 'bad', about: 'travel', message: error.text });
    await readKept();
  }
}
