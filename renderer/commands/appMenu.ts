import type { MenuItem, MenuRole } from '../../src/protocol.ts';
import { callDesktop } from '../desktop/desktop.ts';
import { type Key, textOf } from '../i18n/i18n.ts';
import { useDocument, useRun, useUi } from '../stores/stores.ts';
import { type CommandId, commandOf, keysOf } from './commands.ts';
import { acceleratorOf } from './keymap.ts';

type Entry =
  | CommandId
  | '-'
  | { readonly role: MenuRole; readonly title: Key }
  /** The files that were open not long ago. */
  | { readonly recent: Key };

const menus: readonly { readonly title: Key; readonly entries: readonly Entry[] }[] = [
  {
    title: 'command.group.file',
    entries: [
      'new',
      'newWindow',
      'open',
      { recent: 'command.openRecent' },
      '-',
      'save',
      'saveAs',
      '-',
      'export',
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
      'fixAll',
    ],
  },
  {
    title: 'command.group.arrange',
    entries: [
      'alignLeft',
      'alignCentre',
      'alignRight',
      'alignTop',
      'alignMiddle',
      'alignBottom',
      '-',
      'distributeAcross',
      'distributeDown',
      '-',
      'addNote',
      'frameSelection',
    ],
  },
  {
    title: 'command.group.view',
    entries: [
      'fit',
      'dock',
      'problems',
      '-',
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
  { title: 'command.group.run', entries: ['train', 'step', 'stop'] },
  { title: 'command.group.help', entries: ['about'] },
];

function toItem(entry: Entry): MenuItem {
  const { language } = useUi.getState();
  if (entry === '-') return { kind: 'line' };
  if (typeof entry === 'object' && 'recent' in entry) return { kind: 'recent', label: textOf(entry.recent)[language] };
  if (typeof entry === 'object') return { kind: 'role', role: entry.role, label: textOf(entry.title)[language] };
  const { title, enabled } = commandOf(entry);
  const [chord] = keysOf(entry);
  return {
    kind: 'command',
    id: entry,
    label: textOf(title)[language],
    accelerator: chord === undefined ? null : acceleratorOf(chord),
    enabled: enabled?.() ?? true,
  };
}

/** How long changes are gathered (ms) before the menu is made anew: nobody reads it faster. */
const SETTLE = 150;

/** Keeps the window's menu in step with language, keys and what can be done. */
export function followMenu(): void {
  let told = '';
  let timer: ReturnType<typeof setTimeout> | null = null;

  function tell(): void {
    timer = null;
    const { language } = useUi.getState();
    const items = menus.map(
      ({ title, entries }): MenuItem => ({
        kind: 'submenu',
        label: textOf(title)[language],
        items: entries.map(toItem),
      }),
    );
    const text = JSON.stringify(items);
    if (text === told) return;
    told = text;
    callDesktop('setMenu', items).catch(console.error);
  }
  const later = (): void => {
    if (timer === null) timer = setTimeout(tell, SETTLE);
  };

  tell();
  for (const store of [useUi, useDocument, useRun]) store.subscribe(later);
}
