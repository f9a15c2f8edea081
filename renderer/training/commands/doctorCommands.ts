import type { Commands } from '../../state/commands/command.ts';
import { useRun, useUi } from '../../state/stores/stores.ts';
import { examineRun } from '../doctor/followDoctor.ts';

export const doctorCommands = {
  examineRun: {
    title: 'command.examineRun',
    group: 'run',
    enabled: () => useRun.getState().step > 0,
    needs: 'command.needs.steps',
    run() {
      useUi.getState().showDock('run');
      return examineRun();
    },
  },
} satisfies Commands;
