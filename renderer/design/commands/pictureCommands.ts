import type { Commands } from '../../state/commands/command.ts';
import { useDocument, useUi } from '../../state/stores/stores.ts';
import { usePicture } from '../picture/pictureStore.ts';

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
