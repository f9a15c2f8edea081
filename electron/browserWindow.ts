import { join } from 'node:path';
import { BrowserWindow, nativeTheme } from 'electron';
import type { Settings } from './settings.ts';

const preload = join(import.meta.dirname, '../preload/preload.cjs');

/** Windows and macOS take the icon of the program. */
const icon = process.platform === 'linux' ? { icon: join(import.meta.dirname, '../icons/256x256.png') } : {};

/** Dialogs and menus of the system are dark where the page is dark. */
export function showTheme(theme: Settings['theme']): void {
  nativeTheme.themeSource = theme === 'contrast' ? 'dark' : theme;
}

/** An empty window that is shown when its page has painted. */
export function openBrowserWindow({ bounds, theme }: Pick<Settings, 'bounds' | 'theme'>): BrowserWindow {
  showTheme(theme);
  const window = new BrowserWindow({
    ...bounds,
    minWidth: 1024,
    minHeight: 640,
    show: false,
    // Prevents a white flash before the first paint of a dark page.
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#12161c' : '#ffffff',
    // The page's title bar has a menu button; Alt shows the menu bar.
    autoHideMenuBar: true,
    title: 'Netloom',
    ...icon,
    webPreferences: { preload, sandbox: true, contextIsolation: true, nodeIntegration: false, spellcheck: false },
  });
  // The main process sets the title: file name and unsaved mark.
  window.on('page-title-updated', (event) => event.preventDefault());
  window.once('ready-to-show', () => window.show());
  return window;
}
