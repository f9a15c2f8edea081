import type { Commands } from '../../state/commands/command.ts';
import { showPanel } from '../../state/workspaces/workspaceStore.ts';
import { selectSoon } from '../../ui/keys/typeAhead.ts';

const focusable =
  'a[href], button:not(:disabled), input:not(:disabled), select:not(:disabled), textarea:not(:disabled), [tabindex]:not([tabindex="-1"])';

/** Last focused element of each pane. */
const left = new WeakMap<Element, HTMLElement>();

/** The panes of the window (elements with `data-pane`) in reading order. */
const panes = (): HTMLElement[] => [...document.querySelectorAll<HTMLElement>('[data-pane]')];

const firstVisible = (pane: HTMLElement, selector: string): HTMLElement | undefined =>
  [...pane.querySelectorAll<HTMLElement>(selector)].find((element) => element.checkVisibility());

function focusPane(pane: HTMLElement): boolean {
  const last = left.get(pane);
  // The content of a panel comes before its tab bar.
  const first = firstVisible(pane, `[data-panel] :is(${focusable})`) ?? firstVisible(pane, focusable);
  const target = last?.isConnected && pane.contains(last) ? last : first;
  target?.focus();
  return target != null && pane.contains(document.activeElement);
}

/** Moves the focus to the next or previous pane that accepts it. */
function movePane(step: 1 | -1): void {
  const all = panes();
  const active = document.activeElement;
  const at = all.findIndex((pane) => pane.contains(active));
  const here = all[at];
  if (here !== undefined && active instanceof HTMLElement) left.set(here, active);
  const start = at < 0 && step < 0 ? 0 : at;
  for (let i = 1; i <= all.length; i++) {
    const pane = all[(start + step * i + all.length * i) % all.length];
    if (pane !== undefined && focusPane(pane)) return;
  }
}

function searchLayers(): void {
  showPanel('layers');
  selectSoon('[data-panel=layers] input');
}

function showOutline(): void {
  showPanel('outline');
  requestAnimationFrame(() => document.querySelector<HTMLElement>('[data-panel=outline] [role=listbox]')?.focus());
}

export const paneCommands = {
  outline: { title: 'command.outline', group: 'view', keys: ['Mod+Shift+O'], whileTyping: true, run: showOutline },
  history: {
    title: 'command.history',
    group: 'view',
    keys: ['Mod+Shift+H'],
    whileTyping: true,
    run: () => showPanel('history'),
  },
  searchLayers: {
    title: 'command.searchLayers',
    group: 'view',
    keys: ['/', 'Mod+/'],
    whileTyping: true,
    run: searchLayers,
  },
  nextPane: { title: 'command.nextPane', group: 'view', keys: ['F6'], whileTyping: true, run: () => movePane(1) },
  previousPane: {
    title: 'command.previousPane',
    group: 'view',
    keys: ['Shift+F6'],
    whileTyping: true,
    run: () => movePane(-1),
  },
} satisfies Commands;
