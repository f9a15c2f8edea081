import { version } from '../../package.json';
import { canvas } from '../canvas/canvasHandle.ts';
import { useUi } from '../stores/stores.ts';
import type { Commands } from './command.ts';

export const viewCommands = {
  fit: { title: 'command.fit', group: 'view', keys: ['F'], run: () => canvas.current?.fit() },
  dock: {
    title: 'command.dock',
    group: 'view',
    keys: ['Mod+J'],
    whileTyping: true,
    run: () => useUi.getState().togglePanel('dock'),
  },
  about: {
    title: 'command.about',
    group: 'help',
    run: () => useUi.getState().notify({ tone: 'info', message: { key: 'app.about', values: { version } } }),
  },
} satisfies Commands;
