import { app, type BrowserWindow, Menu, type MenuItemConstructorOptions } from 'electron';
import type { MenuItem, MenuRole, RecentFile } from '../src/desktopCalls.ts';
import type { Language } from '../src/text.ts';
import { texts } from './texts.ts';

/** What the items of a menu do, and what main fills in. */
export interface MenuActions {
  readonly language: Language;
  readonly recent: readonly RecentFile[];
  /** A command of the window, by its id. */
  choose(command: string): void;
  doRole(role: MenuRole): void;
  openRecent(id: string): void;
  forgetRecent(ids: readonly string[]): void;
}

function recentItems({ language, recent, openRecent, forgetRecent }: MenuActions): MenuItemConstructorOptions[] {
  const words = texts[language];
  if (recent.length === 0) return [{ label: words.noRecent, enabled: false }];
  const missing = recent.filter((file) => file.missing);
  return [
    ...recent.map(({ id, name, folder, missing: gone }) => ({
      // An ampersand alone would mark the letter after it.
      label: (gone ? words.missing(name) : name).replaceAll('&', '&&'),
      sublabel: folder,
      toolTip: folder,
      enabled: !gone,
      click: () => openRecent(id),
    })),
    { type: 'separator' },
    ...(missing.length > 0
      ? [{ label: words.forgetMissing, click: () => forgetRecent(missing.map(({ id }) => id)) }]
      : []),
    { label: words.forgetAll, click: () => forgetRecent(recent.map(({ id }) => id)) },
  ];
}

function toElectron(item: MenuItem, actions: MenuActions): MenuItemConstructorOptions {
  switch (item.kind) {
    case 'command': {
      const { id, label, accelerator, enabled } = item;
      return {
        label,
        enabled,
        // Keys are handled by the page, which knows whether a text is being edited; the menu shows them.
        ...(accelerator === null ? {} : { accelerator, registerAccelerator: false }),
        click: () => actions.choose(id),
      };
    }
    case 'role':
      // Electron's own keys for these are the canvas's here.
      if (item.role === 'zoomIn' || item.role === 'zoomOut' || item.role === 'resetZoom') {
        return { label: item.label, click: () => actions.doRole(item.role) };
      }
      return { role: item.role, label: item.label };
    case 'line':
      return { type: 'separator' };
    case 'recent':
      return { label: item.label, submenu: recentItems(actions) };
    case 'submenu':
      return { label: item.label, submenu: item.items.map((inner) => toElectron(inner, actions)) };
    default:
      return item satisfies never;
  }
}

/** The menu as the page describes it. There is one at a time: that of the window which has the focus. */
export function installMenu(items: readonly MenuItem[], actions: MenuActions): void {
  Menu.setApplicationMenu(Menu.buildFromTemplate(items.map((item) => toElectron(item, actions))));
}

/** As far as Electron's own menu items go at a time. */
const ZOOM_STEP = 0.5;

/** What Electron's menu items of that role do. */
export function doRole(window: BrowserWindow, role: MenuRole): void {
  const { webContents: contents } = window;
  switch (role) {
    case 'quit':
      app.quit();
      return;
    case 'zoomIn':
      contents.setZoomLevel(contents.getZoomLevel() + ZOOM_STEP);
      return;
    case 'zoomOut':
      contents.setZoomLevel(contents.getZoomLevel() - ZOOM_STEP);
      return;
    case 'resetZoom':
      contents.setZoomLevel(0);
      return;
    case 'togglefullscreen':
      window.setFullScreen(!window.isFullScreen());
      return;
    default:
      role satisfies never;
  }
}
