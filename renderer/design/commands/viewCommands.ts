import { version } from '../../../package.json';
import type { Language } from '../../../src/text.ts';
import type { Theme } from '../../../src/theme.ts';
import type { Command, Commands } from '../../state/commands/command.ts';
import { canvas } from '../../state/stores/canvasHandle.ts';
import { useUi } from '../../state/stores/stores.ts';
import type { Wheel } from '../../state/stores/uiStore.ts';

/** Zoom factor per key press. */
const ZOOM = 1.25;
const zoom = (factor: number): void => canvas.current?.zoom(factor);

const wheel = (device: Wheel): Command => ({
  title: `command.wheel.${device}`,
  group: 'view',
  checked: () => useUi.getState().wheel === device,
  run: () => useUi.getState().setWheel(device),
});

const theme = (name: Theme): Command => ({
  title: `command.theme.${name}`,
  group: 'view',
  checked: () => useUi.getState().theme === name,
  run: () => useUi.getState().setTheme(name),
});

const language = (name: Language): Command => ({
  title: `command.language.${name}`,
  group: 'view',
  checked: () => useUi.getState().language === name,
  run: () => useUi.getState().setLanguage(name),
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
  themeSystem: theme('system'),
  themeLight: theme('light'),
  themeDark: theme('dark'),
  themeContrast: theme('contrast'),
  languageEn: language('en'),
  languageZh: language('zh'),
  wheelAuto: wheel('auto'),
  wheelMouse: wheel('mouse'),
  wheelTrackpad: wheel('trackpad'),
  about: {
    title: 'command.about',
    group: 'help',
    run: () => useUi.getState().notify({ tone: 'info', message: { key: 'app.about', values: { version } } }),
  },
} satisfies Commands;
