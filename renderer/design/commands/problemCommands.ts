import { withRoom } from '../../../src/layout/room.ts';
import { sizesIn } from '../../../src/layout/size.ts';
import { fixAll } from '../../../src/plan/fixAll.ts';
import type { Commands } from '../../state/commands/command.ts';
import { fixable } from '../../state/problems/problems.ts';
import { useDocument, useUi } from '../../state/stores/stores.ts';
import { showPanel } from '../../state/workspaces/workspaceStore.ts';

/** Applies the best fix of every problem as one undo step. */
function mendAll(): void {
  const { root, rootCheck, editRoot } = useDocument.getState();
  const { edits, fixes, after } = fixAll(root, (doc, edits) => withRoom(doc, edits, sizesIn(root, rootCheck)));
  if (edits.length > 0) editRoot(edits);
  const left = fixable(after.diagnostics);
  const values = { count: fixes.length, left };
  const key = left === 0 ? 'problems.fixed' : 'problems.fixedSome';
  useUi.getState().notify({ tone: left === 0 ? 'good' : 'info', message: { key, values } });
}

export const problemCommands = {
  problems: {
    title: 'command.problems',
    group: 'view',
    keys: ['Mod+Shift+M'],
    whileTyping: true,
    run: () => showPanel('problems'),
  },
  analysis: {
    title: 'command.analysis',
    group: 'view',
    run: () => showPanel('analysis'),
  },
  fixAll: {
    title: 'command.fixAll',
    group: 'edit',
    enabled: () => fixable(useDocument.getState().rootCheck.diagnostics) > 0,
    needs: 'command.needs.fixes',
    run: mendAll,
  },
} satisfies Commands;
