import type { Commands } from '../../state/commands/command.ts';
import { useDocument, useUi } from '../../state/stores/stores.ts';
import { ablatable, openAblation } from '../runs/ablateStore.ts';
import { readRuns } from '../runs/runsEngine.ts';
import { useRunsView } from '../runs/runsViewStore.ts';
import { openSweep } from '../runs/sweepStore.ts';

const trainable = (): boolean => useDocument.getState().rootCheck.graph !== null;

export const runsCommands = {
  runs: {
    title: 'command.runs',
    group: 'view',
    keys: ['Mod+Shift+R'],
    whileTyping: true,
    run() {
      const { open, show, close } = useRunsView.getState();
      if (open) return close();
      useUi.getState().showStartPage(false);
      show();
      return readRuns();
    },
  },
  sweep: {
    title: 'command.sweep',
    group: 'run',
    enabled: trainable,
    needs: 'command.needs.network',
    run: openSweep,
  },
  ablate: {
    title: 'command.ablate',
    group: 'run',
    enabled: () => ablatable().length > 0,
    needs: 'command.needs.nodes',
    run: openAblation,
  },
} satisfies Commands;
