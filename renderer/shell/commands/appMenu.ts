import type { MenuItem, MenuRole } from '../../../src/desktopCalls.ts';
import { arrangeEntries } from '../../design/commands/arrangeCommands.ts';
import type { CommandId } from '../../state/commands/command.ts';
import { commandOf, keysOf } from '../../state/commands/commands.ts';
import { acceleratorOf } from '../../state/commands/keymap.ts';
import { menuEntry } from '../../state/commands/menuLine.ts';
import { callDesktop } from '../../state/desktop/desktop.ts';
import { useDocument, useRun, useUi } from '../../state/stores/stores.ts';
import { trainingEntries } from '../../training/commands/runCommands.ts';
import type { MenuEntry } from '../../ui/controls/menuEntry.ts';
import { type Key, textOf } from '../../ui/i18n/i18n.ts';
import { recentEntries } from './recentEntries.ts';

type Entry =
  | CommandId
  | '-'
  | { readonly role: MenuRole; readonly title: Key }
  /** The recently opened files. */
  | { readonly recent: Key }
  | { readonly submenu: Key; readonly entries: readonly Entry[] };

const menus: readonly { readonly title: Key; readonly entries: readonly Entry[] }[] = [
  {
    title: 'command.group.file',
    entries: [
      'new',
      'templates',
      'newWindow',
      'open',
      { recent: 'command.openRecent' },
      'modelLibrary',
      '-',
      'save',
      'saveAs',
      '-',
      'export',
      'exportPicture',
      'exportBlock',
      'importBlock',
      '-',
      'compare',
      'compareSaved',
      '-',
      { role: 'quit', title: 'command.quit' },
    ],
  },
  {
    title: 'command.group.edit',
    entries: [
      'undo',
      'redo',
      '-',
      'cut',
      'copy',
      'paste',
      'pasteConnected',
      'duplicate',
      'duplicateConnected',
      '-',
      'quickAdd',
      'replace',
      'connect',
      'rename',
      'detach',
      '-',
      'delete',
      'deleteCut',
      'selectAll',
      '-',
      'find',
      'fixAll',
      '-',
      'keys',
    ],
  },
  {
    title: 'command.group.arrange',
    entries: [
      'tidy',
      'tidyEverything',
      'flowDown',
      'flowRight',
      '-',
      ...arrangeEntries,
      '-',
      'addNote',
      'frameSelection',
      '-',
      'makeBlock',
      'foldRepeats',
      'editBlock',
      'saveBlock',
      'dissolveBlock',
      'makeOwn',
      'addInputPort',
      'addOutputPort',
      'openBlock',
      'openAll',
      'foldAll',
    ],
  },
  {
    title: 'command.group.view',
    entries: [
      'enterBlock',
      'leaveBlock',
      '-',
      'fit',
      'zoomIn',
      'zoomOut',
      'actualSize',
      { submenu: 'command.wheel', entries: ['wheelAuto', 'wheelMouse', 'wheelTrackpad'] },
      '-',
      {
        submenu: 'command.workspaces',
        entries: ['designWorkspace', 'dataWorkspace', 'trainWorkspace', 'resultsWorkspace', '-', 'resetWorkspace'],
      },
      {
        submenu: 'command.panels',
        entries: [
          'outline',
          'showInspector',
          'problems',
          'analysis',
          'history',
          '-',
          'showSamples',
          'showSettings',
          'showCurves',
          '-',
          'showResults',
          'showWeights',
          'showPredict',
          'look',
          '-',
          'toggleLeft',
          'toggleBottom',
          'toggleRight',
          'maximisePanel',
        ],
      },
      { submenu: 'command.theme', entries: ['themeSystem', 'themeLight', 'themeDark', 'themeContrast'] },
      { submenu: 'command.language', entries: ['languageEn', 'languageZh'] },
      '-',
      'commandPalette',
      'searchLayers',
      'nextPane',
      'previousPane',
      '-',
      { role: 'zoomIn', title: 'command.zoomIn' },
      { role: 'zoomOut', title: 'command.zoomOut' },
      { role: 'resetZoom', title: 'command.resetZoom' },
      { role: 'togglefullscreen', title: 'command.fullScreen' },
    ],
  },
  {
    title: 'command.group.run',
    entries: [
      'train',
      ...trainingEntries,
      '-',
      'examineRun',
      '-',
      'bookSettings',
      'loadWeights',
      'replaceHead',
      'freezeBody',
      'unfreezeAll',
      'bodyRate',
      'compareWithScratch',
      '-',
      'sweep',
      'folds',
      'ablate',
      '-',
      'earlier',
      'later',
      'backToNow',
      'branchHere',
      'takeWeights',
      '-',
      'runs',
    ],
  },
  { title: 'command.group.help', entries: ['help', 'licences', 'about'] },
];

const wordsOf = (key: Key): string => textOf(key)[useUi.getState().language];

/** The same menus for the window's own menu button. */
export const menuEntries = (): MenuEntry[] =>
  menus.map(({ title, entries }) => ({ label: wordsOf(title), entries: entries.map(toEntry) }));

function toEntry(entry: Entry): MenuEntry {
  if (typeof entry !== 'object') return menuEntry(entry);
  if ('recent' in entry) return { label: wordsOf(entry.recent), entries: recentEntries() };
  if ('submenu' in entry) return { label: wordsOf(entry.submenu), entries: entry.entries.map(toEntry) };
  const { role, title } = entry;
  return { label: wordsOf(title), run: () => callDesktop('doRole', role).catch(console.error) };
}

function toItem(entry: Entry): MenuItem {
  if (entry === '-') return { kind: 'line' };
  if (typeof entry === 'object' && 'recent' in entry) return { kind: 'recent', label: wordsOf(entry.recent) };
  if (typeof entry === 'object' && 'submenu' in entry) {
    return { kind: 'submenu', label: wordsOf(entry.submenu), items: entry.entries.map(toItem) };
  }
  if (typeof entry === 'object') return { kind: 'role', role: entry.role, label: wordsOf(entry.title) };
  const { title, enabled } = commandOf(entry);
  const [chord] = keysOf(entry);
  return {
    kind: 'command',
    id: entry,
    label: wordsOf(title),
    accelerator: chord === undefined ? null : acceleratorOf(chord),
    enabled: enabled?.() ?? true,
  };
}

/** Changes within this time (ms) rebuild the menu once. */
const SETTLE = 150;

/** Rebuilds the window's menu when the language, the keys or the available commands change. */
export function followMenu(): void {
  let sent = '';
  let timer: ReturnType<typeof setTimeout> | null = null;

  function tell(): void {
    timer = null;
    const items = menus.map(
      ({ title, entries }): MenuItem => ({ kind: 'submenu', label: wordsOf(title), items: entries.map(toItem) }),
    );
    const text = JSON.stringify(items);
    if (text === sent) return;
    sent = text;
    callDesktop('setMenu', items).catch(console.error);
  }
  const later = (): void => {
    if (timer === null) timer = setTimeout(tell, SETTLE);
  };

  tell();
  for (const store of [useUi, useDocument, useRun]) store.subscribe(later);
}
