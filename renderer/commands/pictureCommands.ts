import { usePicture } from '../picture/pictureStore.ts';
import { useDocument, useUi } from '../stores/stores.ts';
import type { Commands } from './command.ts';

export const pictureCommands = {
  exportPicture: {
    title: 'command.exportPicture',
    group: 'file',
    keys: ['Mod+Shift+E'],
    enabled: () => useDocument.getState().root.nodes.length > 0,
    needs: 'command.needs.layers',
    run() {
      const { language, selection } = useUi.getState();
      usePicture.getState().show(language, selection.nodes.length > 1);
    },
  },
} satisfies Commands;
