import { version } from '../../../package.json';
import type { Command, Commands } from '../../state/commands/command.ts';
import { canvas } from '../../state/stores/canvasHandle.ts';
import { useUi } from '../../state/stores/stores.ts';
import type { Wheel } from '../../state/stores/uiStore.ts';

/** How much nearer a key brings. */
const ZOOM = 1.25;
const zoom = (factor: number): void => canvas.current?.zoom(factor);

const wheel = (device: Wheel): Command => ({
  title: `command.wheel.${device}`,
  group: 'view',
  checked: () => useUi.getState().wheel === device,
  run: () => useUi.getState().setWheel(device),
});

export const viewCommands = {
  fit: { title: 'command.fit', group: 'view', keys: ['F'], run: () => canvas.current?.fit() },
  zoomIn: { title: 'command.canvasZoomIn', group: 'view', keys: ['+', '=', 'Mod++', 'Mod+='], run: () => zoom(ZOOM) },
  zoomOut: { title: 'command.canvasZoomOut', group: 'view', keys: ['-', 'Mod+-'], run: () => zoom(1 / ZOOM) },
  actualSize: {
    title: 'command.actualSize',
    group: 'view',
    keys: ['Mod+0'],
    run: () => canvas.current?.actualSize(),
  },
  dock: {
    title: 'command.dock',
    group: 'view',
    keys: ['Mod+J'],
    whileTyping: true,
    run: () => useUi.getState().togglePanel('dock'),
  },
  dockFull: {
    title: 'command.dockFull',
    group: 'view',
    keys: ['Mod+Shift+J'],
    whileTyping: true,
    run: () => useUi.getState().toggleDockFull(),
  },
  themeSystem: { title: 'command.theme.system', group: 'view', run: () => useUi.getState().setTheme('system') },
  themeLight: { title: 'command.theme.light', group: 'view', run: () => useUi.getState().setTheme('light') },
  themeDark: { title: 'command.theme.dark', group: 'view', run: () => useUi.getState().setTheme('dark') },
  themeContrast: { title: 'command.theme.contrast', group: 'view', run: () => useUi.getState().setTheme('contrast') },
  languageEn: { title: 'command.language.en', group: 'view', run: () => useUi.getState().setLanguage('en') },
  languageZh: { title: 'command.language.zh', group: 'view', run: () => useUi.getState().setLanguage('zh') },
  wheelAuto: wheel('auto'),
  wheelMouse: wheel('mouse'),
  wheelTrackpad: wheel('trackpad'),
  about: {
    title: 'command.about',
    group: 'help',
    run: () => useUi.getState().notify({ tone: 'info', message: { key: 'app.about', values: { version } } }),
  },
} satisfies Commands;
