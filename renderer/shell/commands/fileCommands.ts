import { emptyDocument } from '../../../src/graph/document.ts';
import type { Commands } from '../../state/commands/command.ts';
import { callDesktop } from '../../state/desktop/desktop.ts';
import { openFrom, startFrom } from '../../state/files/opening.ts';
import { saveNetwork } from '../../state/files/saving.ts';
import { useUi } from '../../state/stores/stores.ts';
import { askExport } from '../export/exportStore.ts';

export const fileCommands = {
  new: { title: 'command.new', group: 'file', keys: ['Mod+N'], whileTyping: true, run: () => startFrom(emptyDocument) },
  templates: {
    title: 'command.templates',
    group: 'file',
    run: () => useUi.getState().showStartPage(true),
  },
  newWindow: {
    title: 'command.newWindow',
    group: 'file',
    keys: ['Mod+Shift+N'],
    whileTyping: true,
    run: () => callDesktop('newWindow', null),
  },
  open: {
    title: 'command.open',
    group: 'file',
    keys: ['Mod+O'],
    whileTyping: true,
    run: () => openFrom({ kind: 'dialog' }),
  },
  save: { title: 'command.save', group: 'file', keys: ['Mod+S'], whileTyping: true, run: () => saveNetwork(false) },
  saveAs: {
    title: 'command.saveAs',
    group: 'file',
    keys: ['Mod+Shift+S'],
    whileTyping: true,
    run: () => saveNetwork(true),
  },
  export: { title: 'command.export', group: 'file', keys: ['Mod+E'], whileTyping: true, run: askExport },
} satisfies Commands;
