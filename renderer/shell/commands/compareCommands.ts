import type { Commands } from '../../state/commands/command.ts';
import { settle } from '../../state/files/saving.ts';
import { useCompare } from '../../state/stores/compareStore.ts';
import { canCompare, compareWithSaved, savedState } from '../compare/openNetwork.ts';

export const compareCommands = {
  compare: {
    title: 'command.compare',
    group: 'file',
    enabled: canCompare,
    needs: 'command.needs.layers',
    run() {
      settle();
      useCompare.getState().choose();
    },
  },
  compareSaved: {
    title: 'command.compareSaved',
    group: 'file',
    enabled: () => savedState() !== null,
    needs: 'command.needs.saved',
    run() {
      settle();
      compareWithSaved();
    },
  },
} satisfies Commands;
