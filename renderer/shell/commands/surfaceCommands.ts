import type { Commands } from '../../state/commands/command.ts';
import { useUi } from '../../state/stores/stores.ts';
import type { Surface } from '../../state/stores/uiStore.ts';
import { awaitField, selectSoon } from '../../ui/keys/typeAhead.ts';

/** Opens a surface, or closes it if it is open. */
function toggle(surface: Surface): void {
  const { surface: shown, showSurface } = useUi.getState();
  if (shown !== surface && surface !== 'licenses' && surface !== 'library') awaitField();
  showSurface(shown === surface ? null : surface);
}

/** Opens the search with its old query selected, so that typing replaces it. */
function find(): void {
  useUi.getState().showSurface('find');
  selectSoon('[data-find] input');
}

export const surfaceCommands = {
  modelLibrary: { title: 'modelLibrary.open', group: 'file', run: () => toggle('library') },
  find: { title: 'command.find', group: 'edit', keys: ['Mod+F'], whileTyping: true, run: find },
  keys: {
    title: 'command.keys',
    group: 'edit',
    whileTyping: true,
    run: () => toggle('keys'),
  },
  help: { title: 'command.help', group: 'help', keys: ['F1'], whileTyping: true, run: () => toggle('keys') },
  licences: { title: 'command.licences', group: 'help', run: () => toggle('licenses') },
  commandPalette: {
    title: 'command.commandPalette',
    group: 'view',
    keys: ['Mod+K'],
    whileTyping: true,
    run: () => toggle('commands'),
  },
} satisfies Commands;
