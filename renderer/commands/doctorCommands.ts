import { examineRun } from '../doctor/followDoctor.ts';
import { useRun, useUi } from '../stores/stores.ts';
import type { Commands } from './command.ts';

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
