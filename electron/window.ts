import { join } from 'node:path';
import { BrowserWindow, dialog, nativeTheme } from 'electron';
import type { Language } from '../src/text.ts';
import { answerCalls } from './calls.ts';
import { hostEngine } from './engineHost.ts';
import { createFiles } from './files.ts';
import { installMenu } from './menu.ts';
import { readSettings, writeSettings } from './settings.ts';
import { texts } from './texts.ts';

const page = join(import.meta.dirname, '../renderer/index.html');
const preload = join(import.meta.dirname, '../preload/preload.cjs');

/** Opens the window together with all that belongs to it: its engine, its file and its menu. */
export function openWindow(): BrowserWindow {
  let settings = readSettings();
  nativeTheme.themeSource = settings.theme;
  const window = new BrowserWindow({
    ...settings.bounds,
    minWidth: 1024,
    minHeight: 640,
    show: false,
    // Until the page has painted: no flash of white in the dark.
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#12161c' : '#ffffff',
    // The window's own bar has what is needed; Alt shows the menu.
    autoHideMenuBar: true,
    title: 'Netloom',
    webPreferences: { preload, sandbox: true, contextIsolation: true, nodeIntegration: false, spellcheck: false },
  });
  if (settings.maximized) window.maximize();
  // The title is main's business: name and unsaved mark.
  window.on('page-title-updated', (event) => event.preventDefault());
  window.once('ready-to-show', () => window.show());

  let title = { name: '', unsaved: false };
  let closing: 'no' | 'whenSaved' | 'now' = 'no';
  const language = (): Language => settings.language;
  const send = (command: string): void => {
    if (!window.isDestroyed()) window.webContents.send('command', command);
  };

  const engine = hostEngine((link, ports) => window.webContents.postMessage('engine', link, ports));
  const files = createFiles({ window, engine, language });

  const askUnsaved = async (): Promise<'save' | 'discard' | 'cancel'> => {
    const words = texts[language()];
    const { response } = await dialog.showMessageBox(window, {
      type: 'warning',
      message: words.unsavedQuestion(title.name),
      detail: words.unsavedDetail,
      buttons: [words.save, words.discard, words.cancel],
      defaultId: 0,
      cancelId: 2,
      noLink: true,
    });
    return (['save', 'discard', 'cancel'] as const)[response] ?? 'cancel';
  };

  answerCalls(window, {
    open: () => files.open(),
    async save(document, { as }) {
      const result = await files.save(document, as);
      const saved = result.ok && result.path !== null;
      if (closing === 'whenSaved') {
        closing = saved ? 'now' : 'no';
        if (saved) window.close();
      }
      return result;
    },
    exportOnnx: (document) => files.exportOnnx(document),
    saveFile: (file) => files.saveFile(file),
    reset: () => files.reset(),
    async setTitle(next) {
      title = next;
      window.setTitle(`${next.unsaved ? '● ' : ''}${next.name} – Netloom`);
      window.setDocumentEdited(next.unsaved);
      nativeTheme.themeSource = next.theme;
      settings = { ...settings, language: next.language, theme: next.theme };
      return { ok: true };
    },
    async setMenu(items) {
      installMenu(items, send);
      return { ok: true };
    },
    async editText(action) {
      window.webContents[action]();
      return { ok: true };
    },
    askUnsaved,
    async connectEngine() {
      engine.connect();
      return { ok: true };
    },
  });

  window.on('close', (event) => {
    if (title.unsaved && closing !== 'now') {
      event.preventDefault();
      askUnsaved().then((answer) => {
        if (answer === 'cancel') return;
        closing = answer === 'save' ? 'whenSaved' : 'now';
        if (answer === 'save') send('save');
        else window.close();
      }, console.error);
      return;
    }
    writeSettings({ ...settings, bounds: window.getNormalBounds(), maximized: window.isMaximized() });
  });
  window.on('closed', () => engine.end());

  window.loadFile(page).catch((error: unknown) => console.error(error));
  return window;
}
