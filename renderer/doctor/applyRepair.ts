import type { Repair } from '../../src/doctor/finding.ts';
import { repairEdits } from '../../src/doctor/repair.ts';
import { applyFix } from '../commands/editCommands.ts';
import { tellEngine } from '../desktop/engine.ts';
import { isActive } from '../stores/runStore.ts';
import { useDocument, useRun, useUi } from '../stores/stores.ts';

/**
 * Changes the drawing or its recipe as one step to undo; a run that goes on takes a new learning rate at once. `again`
 * trains anew, which the user is offered for everything else.
 */
export function applyRepair(repair: Repair, again: () => void): void {
  const edits = repairEdits(useDocument.getState().root, repair);
  if (edits.length === 0) return;
  applyFix({ title: repair.title, edits }, true);
  const { run, state } = useRun.getState();
  const { learningRate } = repair;
  const { notify } = useUi.getState();
  const goesOn = run !== null && isActive(state);
  if (goesOn && learningRate !== undefined) {
    tellEngine({ kind: 'change', run, learningRate });
    notify({ tone: 'good', message: repair.title, detail: { key: 'doctor.changedRun' } });
    return;
  }
  notify({
    tone: 'good',
    message: repair.title,
    detail: { key: 'doctor.applied' },
    // What goes on would be stopped by it without a word.
    ...(!goesOn && { action: { label: { key: 'doctor.trainAgain' }, run: again } }),
  });
}
