import { foldsOf } from '../../../src/sweep/folds.ts';
import type { Commands } from '../../state/commands/command.ts';
import { uncover } from '../../state/commands/commands.ts';
import { useDocument } from '../../state/stores/stores.ts';
import { areaOf } from '../../state/workspaces/layout.ts';
import { useWorkspaces } from '../../state/workspaces/workspaceStore.ts';
import { ablatable, openAblation } from '../runs/ablateStore.ts';
import { openSweep } from '../runs/sweepStore.ts';
import { trainFolds } from '../runs/trainFolds.ts';

/** Opens the list of runs in the whole window, or closes it. */
function toggleRuns(): void {
  const { workspace, layouts, maximized, maximize, toggleArea } = useWorkspaces.getState();
  const area = areaOf(layouts[workspace], 'runs');
  if (maximized === 'runs' && area !== null) {
    toggleArea(area);
    return;
  }
  uncover();
  maximize('runs');
  requestAnimationFrame(() => document.querySelector<HTMLElement>('[data-panel=runs] section')?.focus());
}

const trainable = (): boolean => useDocument.getState().rootCheck.graph !== null;

export const runsCommands = {
  runs: {
    title: 'command.runs',
    group: 'view',
    keys: ['Mod+Shift+R'],
    whileTyping: true,
    run: toggleRuns,
  },
  sweep: {
    title: 'command.sweep',
    group: 'run',
    enabled: trainable,
    needs: 'command.needs.network',
    run: openSweep,
  },
  folds: {
    title: 'command.folds',
    group: 'run',
    enabled: () => trainable() && foldsOf(useDocument.getState().root.data) > 0,
    needs: 'command.needs.folds',
    run: trainFolds,
  },
  ablate: {
    title: 'command.ablate',
    group: 'run',
    enabled: () => ablatable().length > 0,
    needs: 'command.needs.nodes',
    run: openAblation,
  },
} satisfies Commands;
