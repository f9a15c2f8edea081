import type { Repair } from '../../../src/doctor/finding.ts';
import { repairEdits } from '../../../src/doctor/repair.ts';
import { sendToEngine } from '../../state/desktop/engine.ts';
import { applyFixToNetwork } from '../../state/stores/applyFix.ts';
import { isActive } from '../../state/stores/runStore.ts';
import { useDocument, useRun, useUi } from '../../state/stores/stores.ts';

/**
 * Applies a fix to the network or its training settings as one undo step. An active run gets a new learning rate at once.
 * `again` trains from scratch, which is offered in addition: dead units stay dead at any learning rate.
 */
export function applyRepair(repair: Repair, again: () => void): void {
  if (repair.again) {
    again();
    return;
  }
  const edits = repairEdits(useDocument.getState().root, repair);
  if (edits.length === 0) return;
  applyFixToNetwork({ title: repair.title, edits });
  const { run, state } = useRun.getState();
  const { learningRate } = repair;
  const atOnce = run !== null && isActive(state) && learningRate !== undefined;
  if (atOnce) sendToEngine('change', { run, learningRate });
  useUi.getState().notify({
    tone: 'good',
    message: repair.title,
    detail: { key: atOnce ? 'doctor.changedRun' : 'doctor.applied' },
    action: { label: { key: 'doctor.trainAgain' }, run: again },
  });
}
