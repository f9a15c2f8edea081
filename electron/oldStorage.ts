import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { BrowserWindow } from 'electron';
import { PAGE } from './pageProtocol.ts';
import type { SettingsStore } from './settings.ts';

const EMPTY = 'empty.html';
/** It takes some tenths of a second. */
const PATIENCE = 5000;

/**
 * What the page remembers (its language, keys, panels) belongs to its origin, which was `file://` before the page had a
 * protocol of its own. Takes it over, once. `folder`: the page's. The window that did it is left to be
 * destroyed, since the app ends with its last window.
 */
export async function takeOverStorage(settings: SettingsStore, folder: string): Promise<BrowserWindow | null> {
  if (settings.now.pageStorage === 'app') return null;
  const window = new BrowserWindow({ show: false, webPreferences: { sandbox: true, contextIsolation: true } });
  const inPage = (code: string): Promise<unknown> => window.webContents.executeJavaScript(code);
  async function move(): Promise<void> {
    await window.loadURL(pathToFileURL(join(folder, EMPTY)).href);
    const entries = await inPage('JSON.stringify(Object.entries(localStorage))');
    await window.loadURL(new URL(EMPTY, PAGE).href);
    // What the page remembers here is newer.
    await inPage(
      `for (const [key, value] of ${entries}) if (localStorage.getItem(key) === null) localStorage.setItem(key, value)`,
    );
    settings.change({ pageStorage: 'app' });
  }
  const late = new Promise<never>((_, reject) => setTimeout(reject, PATIENCE, new Error('the page did not answer')));
  await Promise.race([move(), late]).catch((error: unknown) => {
    console.error('What the page remembered was not taken over:', error);
  });
  return window;
}
