import type { Commands } from '../../state/commands/command.ts';
import { useRun } from '../../state/stores/stores.ts';
import { showPanel } from '../../state/workspaces/workspaceStore.ts';
import { examineRun } from '../doctor/followDoctor.ts';

export const doctorCommands = {
  examineRun: {
    title: 'command.examineRun',
    group: 'run',
    enabled: () => useRun.getState().step > 0,
    needs: 'command.needs.steps',
    run() {
      showPanel('curves');
      return examineRun();
    },
  },
} satisfies Commands;
