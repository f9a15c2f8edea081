import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { BrowserWindow } from 'electron';
import { PAGE } from './pageProtocol.ts';
import type { SettingsStore } from './settings.ts';

const EMPTY = 'empty.html';
/** Time limit (ms); normally it takes some tenths of a second. */
const PATIENCE = 5000;

/**
 * Migrates, once, the storage of the page (language, keys, panels) from the origin `file://` of older versions to the
 * protocol of the app. `folder`: folder of the page. Returns the hidden window that read the storage. The caller must
 * destroy it later, because the app ends with its last window.
 */
export async function takeOverStorage(settings: SettingsStore, folder: string): Promise<BrowserWindow | null> {
  if (settings.now.pageStorage === 'app') return null;
  const window = new BrowserWindow({ show: false, webPreferences: { sandbox: true, contextIsolation: true } });
  const inPage = (code: string): Promise<unknown> => window.webContents.executeJavaScript(code);
  async function move(): Promise<void> {
    await window.loadURL(pathToFileURL(join(folder, EMPTY)).href);
    const entries = await inPage('JSON.stringify(Object.entries(localStorage))');
    await window.loadURL(new URL(EMPTY, PAGE).href);
    // Existing values are newer than the migrated ones.
    await inPage(
      `for (const [key, value] of ${entries}) if (localStorage.getItem(key) === null) localStorage.setItem(key, value)`,
    );
    settings.change({ pageStorage: 'app' });
  }
  const late = new Promise<never>((_, reject) => setTimeout(reject, PATIENCE, new Error('the page did not answer')));
  await Promise.race([move(), late]).catch((error: unknown) => {
    console.error('The settings of the previous version could not be migrated:', error);
  });
  return window;
}
