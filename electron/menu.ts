import { app, type BrowserWindow, Menu, type MenuItemConstructorOptions } from 'electron';
import type { MenuItem, MenuRole, RecentFile } from '../src/desktopCalls.ts';
import type { Language } from '../src/text.ts';
import { texts } from './texts.ts';

/** Actions and data of the menu items. */
export interface MenuActions {
  readonly language: Language;
  readonly recent: readonly RecentFile[];
  /** Runs a command of the window by its id. */
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
      // A single ampersand would mark the next letter as a mnemonic.
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
        // The menu only shows the keys. The page handles them, because it knows whether a text is being edited.
        ...(accelerator === null ? {} : { accelerator, registerAccelerator: false }),
        click: () => actions.choose(id),
      };
    }
    case 'role':
      // In Netloom, Electron's keys for these roles zoom the canvas.
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

/** Sets the application menu from the description of a page. The app has one menu: that of the focused window. */
export function installMenu(items: readonly MenuItem[], actions: MenuActions): void {
  Menu.setApplicationMenu(Menu.buildFromTemplate(items.map((item) => toElectron(item, actions))));
}

/** Zoom step of Electron's menu items. */
const ZOOM_STEP = 0.5;

/** Performs the action of Electron's menu item with this role. */
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
