import type { Commands } from '../../state/commands/command.ts';
import { useDocument } from '../../state/stores/stores.ts';
import { foldRepeats } from '../arrange/foldRepeats.ts';
import { tidy } from '../arrange/tidy.ts';

const hasLayers = (): boolean => useDocument.getState().document.nodes.length > 0;

/** True outside of blocks: the direction and the search for repeats apply to the whole network. */
const isWhole = (): boolean => hasLayers() && useDocument.getState().path.length === 0;

export const tidyCommands = {
  foldRepeats: {
    title: 'command.foldRepeats',
    group: 'edit',
    enabled: isWhole,
    needs: 'command.needs.outside',
    run: foldRepeats,
  },
  tidy: {
    title: 'command.tidy',
    group: 'arrange',
    keys: ['Mod+L'],
    enabled: hasLayers,
    needs: 'command.needs.layers',
    run: () => tidy({ everything: false }),
  },
  tidyEverything: {
    title: 'command.tidyEverything',
    group: 'arrange',
    keys: ['Mod+Shift+L'],
    enabled: hasLayers,
    needs: 'command.needs.layers',
    run: () => tidy({ everything: true }),
  },
  flowDown: {
    title: 'command.flowDown',
    group: 'arrange',
    enabled: isWhole,
    needs: 'command.needs.outside',
    run: () => tidy({ everything: true, direction: 'down' }),
  },
  flowRight: {
    title: 'command.flowRight',
    group: 'arrange',
    enabled: isWhole,
    needs: 'command.needs.outside',
    run: () => tidy({ everything: true, direction: 'right' }),
  },
} satisfies Commands;
