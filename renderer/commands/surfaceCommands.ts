import { useUi } from '../stores/stores.ts';
import type { Surface } from '../stores/uiStore.ts';
import type { Commands } from './command.ts';

/** Asked for again, it closes. */
function toggle(surface: Surface): void {
  const { surface: shown, showSurface } = useUi.getState();
  showSurface(shown === surface ? null : surface);
}

export const surfaceCommands = {
  commandPalette: {
    title: 'command.commandPalette',
    group: 'view',
    keys: ['Mod+K'],
    whileTyping: true,
    run: () => toggle('commands'),
  },
} satisfies Commands;
