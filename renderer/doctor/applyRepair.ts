import type { Repair } from '../../src/doctor/finding.ts';
import { repairEdits } from '../../src/doctor/repair.ts';
import { applyFix } from '../commands/editCommands.ts';
import { useDocument, useUi } from '../stores/stores.ts';

/** Changes the drawing or its recipe as one step to undo. `again` trains anew. */
export function applyRepair(repair: Repair, again: () => void): void {
  const edits = repairEdits(useDocument.getState().root, repair);
  if (edits.length === 0) return;
  applyFix({ title: repair.title, edits }, true);
  useUi.getState().notify({
    tone: 'good',
    message: repair.title,
    detail: { key: 'doctor.applied' },
    action: { label: { key: 'doctor.trainAgain' }, run: again },
  });
}
