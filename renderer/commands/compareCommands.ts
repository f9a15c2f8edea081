import { useCompare } from '../compare/compareStore.ts';
import { canCompare, compareWithSaved, savedState } from '../compare/openNetwork.ts';
import { settle } from '../files/saving.ts';
import type { Commands } from './command.ts';

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
