import { basename, dirname, join } from 'node:path';
import { BrowserWindow, clipboard, dialog, nativeTheme } from 'electron';
import { type DesktopResult, HANDED, type MenuItem, type OpenSource, SAVE_TO_CLOSE } from '../src/desktopCalls.ts';
import { explain } from '../src/engine/fileReason.ts';
import type { Language } from '../src/text.ts';
import { answerCalls } from './calls.ts';
import { allowCamera } from './camera.ts';
import { hostEngine } from './engineHost.ts';
import { createFiles } from './files.ts';
import { damagedFiles } from './keptFile.ts';
import type { BlockLibrary } from './library.ts';
import { doRole, installMenu } from './menu.ts';
import type { Handed } from './opening.ts';
import { recoverPage } from './pageFailure.ts';
import { PAGE } from './pageProtocol.ts';
import { reading } from './reading.ts';
import type { RecentFiles } from './recent.ts';
import type { Lost, Recovery } from './recovery.ts';
import { otherRuntime } from './runtime.ts';
import type { Settings, SettingsStore } from './settings.ts';
import { texts } from './texts.ts';

const preload = join(import.meta.dirname, '../preload/preload.cjs');

/** Windows and macOS take the icon of the program. */
const icon = process.platform === 'linux' ? { icon: join(import.meta.dirname, '../icons/256x256.png') } : {};

/** A page that answers nothing for so long (ms) does not respond. */
const PATIENCE = 10_000;

/** What all windows share. */
export interface Shared {
  readonly settings: SettingsStore;
  readonly recent: RecentFiles;
  readonly recovery: Recovery;
  readonly library: BlockLibrary;
  /** Folder of all runs. */
  readonly runs: string;
  /** Another window, with what is handed to it. */
  open(handed: Handed | null): void;
  /** The window, other than the one given, that has the file. */
  other(than: AppWindow, path: string): AppWindow | null;
}

export interface AppWindow {
  readonly window: BrowserWindow;
  path(): string | null;
  /** Nothing was drawn or opened in it yet. */
  isBlank(): boolean;
  isUnsaved(): boolean;
  show(): void;
  hand(handed: Handed): void;
  /** Asks about unsaved work, and saves it if the user says so. Whether the window may close. */
  mayClose(): Promise<boolean>;
  /** Without a question. */
  close(): void;
  /** Makes its menu the app's. */
  showMenu(): void;
  /** The library is not what it was. */
  showLibrary(): void;
}

/** What the system draws, dialogs and menus among it, is dark where the page is. */
function showTheme(theme: Settings['theme']): void {
  nativeTheme.themeSource = theme === 'contrast' ? 'dark' : theme;
}

/** Opens a window together with all that belongs to it: its engine, its file, its menu and its unsaved work. */
export function createWindow(bounds: Settings['bounds'], shared: Shared, handed: Handed | null): AppWindow {
  const { settings, recent, recovery, library } = shared;
  showTheme(settings.now.theme);
  const window = new BrowserWindow({
    ...bounds,
    minWidth: 1024,
    minHeight: 640,
    show: false,
    // Until the page has painted: no flash of white in the dark.
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#12161c' : '#ffffff',
    // The window's own bar has what is needed; Alt shows the menu.
    autoHideMenuBar: true,
    title: 'Netloom',
    ...icon,
    webPreferences: { preload, sandbox: true, contextIsolation: true, nodeIntegration: false, spellcheck: false },
  });
  // The title is main's business: name and unsaved mark.
  window.on('page-title-updated', (event) => event.preventDefault());
  window.once('ready-to-show', () => window.show());

  let title = { name: '', unsaved: false, blank: true };
  let menu: readonly MenuItem[] = [];
  let closing = false;
  let loads = 0;
  /** The user has said that unsaved work is not to be saved. */
  let discarded = false;
  /** The page that is loaded listens to commands. */
  let ready: Promise<void>;
  let isReady = (): void => {};
  /** Takes the page's word on saving before the window closes. */
  let whenSaved: ((saved: boolean) => void) | null = null;
  const language = (): Language => settings.now.language;
  const send = (channel: 'command' | 'handed' | 'library', ...args: string[]): void => {
    if (!window.isDestroyed()) window.webContents.send(channel, ...args);
  };

  const engine = hostEngine(shared.runs, (link, ports) => window.webContents.postMessage('engine', link, ports));
  const files = createFiles({
    window,
    engine,
    runs: shared.runs,
    settings,
    recent,
    recovery,
    language,
    isElsewhere: (path) => shared.other(self, path) !== null,
    showElsewhere(path) {
      const other = shared.other(self, path);
      other?.show();
      return other !== null;
    },
  });

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

  /** A page that does not respond cannot save: the window may close all the same, and its work stays kept. */
  const askHung = async (): Promise<boolean> => {
    const words = texts[language()];
    const { response } = await dialog.showMessageBox(window, {
      type: 'warning',
      message: words.hungClose(title.name),
      detail: words.hungCloseDetail,
      buttons: [words.closeAndKeep, words.cancel],
      defaultId: 0,
      cancelId: 1,
      noLink: true,
    });
    return response === 0;
  };

  /** Whether the page does anything at all. */
  const responds = (): Promise<boolean> =>
    Promise.race([
      ready.then(() => window.webContents.executeJavaScript('true')).catch(() => false),
      new Promise<false>((resolve) => setTimeout(resolve, PATIENCE, false)),
    ]);

  /** The page has what is to be saved. Whether the window may close. */
  async function saveByPage(): Promise<boolean> {
    const saved = new Promise<boolean>((resolve) => {
      whenSaved = resolve;
    });
    ready.then(() => send('command', SAVE_TO_CLOSE));
    const answer = responds().then((does) => (does ? saved : window.isDestroyed() || askHung()));
    const may = await Promise.race([saved, answer]);
    whenSaved = null;
    return may;
  }

  function handedBy(source: OpenSource): Handed | null {
    if (source.kind === 'lost') return { lost: source.id };
    const path = source.kind === 'recent' ? recent.pathOf(source.id) : null;
    return path === null ? null : { path };
  }

  const self: AppWindow = {
    showLibrary: () => send('library'),
    window,
    path: files.path,
    isBlank: () => title.blank && !title.unsaved,
    isUnsaved: () => title.unsaved,
    show() {
      if (window.isMinimized()) window.restore();
      window.show();
      window.focus();
    },
    hand(handed) {
      files.hand(handed);
      send('handed');
    },
    async mayClose() {
      discarded = false;
      if (!title.unsaved) return true;
      self.show();
      const answer = await askUnsaved();
      discarded = answer === 'discard';
      return answer === 'save' ? saveByPage() : discarded;
    },
    close() {
      closing = true;
      if (!window.isDestroyed()) window.close();
    },
    showMenu() {
      installMenu(menu, {
        language: language(),
        recent: recent.list(),
        choose: (command) => send('command', command),
        doRole: (role) => doRole(window, role),
        openRecent(id) {
          const handed = handedBy({ kind: 'recent', id });
          if (handed !== null) self.hand(handed);
        },
        forgetRecent: (ids) => ids.forEach(recent.forget),
      });
    },
  };

  const change = async (work: Promise<void>): Promise<DesktopResult<'saveBlock'>> => {
    try {
      await work;
      return { ok: true };
    } catch (error) {
      return { ok: false, message: explain(error, texts.libraryNotChanged) };
    }
  };

  answerCalls(window.webContents, {
    open: files.open,
    takeOpened: files.takeOpened,
    readNetwork: files.readNetwork,
    async openDropped(paths) {
      // What is dragged out of another program may be no file at all.
      const [first, ...rest] = paths.filter((path) => path !== '');
      if (first === undefined) return { ok: false, message: texts.noFile };
      for (const path of rest) shared.open({ path });
      return files.openPath(first);
    },
    save: files.save,
    async savedToClose(saved) {
      whenSaved?.(saved);
      return { ok: true };
    },
    exportOnnx: files.exportOnnx,
    saveFile: files.saveFile,
    readLibrary: library.read,
    saveBlock: (id, block) => change(library.save(id, block)),
    removeBlock: (id) => change(library.remove(id)),
    importBlock: files.importBlock,
    reset: files.reset,
    keep: files.keep,
    runtime: async () => ({ other: otherRuntime() }),
    async loadAgain() {
      load({ own: true });
      return { ok: true };
    },
    async newWindow(source) {
      shared.open(source === null ? null : handedBy(source));
      return { ok: true };
    },
    async startPage() {
      await recent.refresh();
      const { found, damaged } = await recovery.lost();
      return {
        recent: [...recent.list()],
        lost: await Promise.all(found.map(shownLost)),
        damaged: [...damagedFiles(), ...damaged],
      };
    },
    async forgetRecent(id) {
      recent.forget(id);
      return { ok: true };
    },
    async discardLost(id) {
      await recovery.discard(id);
      return { ok: true };
    },
    async setTitle({ language: spoken, theme, ...next }) {
      title = next;
      window.setTitle(`${next.unsaved ? '● ' : ''}${next.name} – Netloom`);
      window.setDocumentEdited(next.unsaved);
      window.setRepresentedFilename(files.path() ?? '');
      showTheme(theme);
      settings.change({ language: spoken, theme });
      return { ok: true };
    },
    async setMenu(items) {
      menu = items;
      if (window.isFocused() || BrowserWindow.getFocusedWindow() === null) self.showMenu();
      return { ok: true };
    },
    readClipboard: async () => clipboard.readText(),
    allowCamera: (wanted) => allowCamera(window, wanted, language()),
    async writeClipboard(text) {
      clipboard.writeText(text);
      return { ok: true };
    },
    async doRole(role) {
      doRole(window, role);
      return { ok: true };
    },
    async editText(action) {
      window.webContents[action]();
      return { ok: true };
    },
    askUnsaved,
    async connectEngine() {
      isReady();
      engine.connect();
      return { ok: true };
    },
  });

  window.on('focus', self.showMenu);
  window.on('close', (event) => {
    if (title.unsaved && !closing) {
      event.preventDefault();
      self.mayClose().then((may) => may && self.close(), console.error);
      return;
    }
    settings.change({ bounds: window.getNormalBounds(), maximized: window.isMaximized() });
  });
  window.on('closed', () => {
    files.end(discarded || !title.unsaved);
    engine.end();
  });

  /** A page that is handed something waits for it instead of offering a start. */
  function load(given: Handed | null): void {
    if (given !== null) files.hand(given);
    ready = new Promise((resolve) => {
      isReady = resolve;
    });
    // Another address each time: the same one with a fragment would only scroll.
    window
      .loadURL(`${PAGE}?${loads++}${given === null ? '' : `#${HANDED}`}`)
      .catch((error: unknown) => console.error(error));
  }
  recoverPage({
    window,
    language,
    name: () => title.name,
    gone: () => whenSaved?.(false),
    loadAgain: () => load({ own: true }),
    loadBlank() {
      files.setAside().then((given) => window.isDestroyed() || load(given), console.error);
    },
    close() {
      // An answer of before, which closed nothing, gives up no work now.
      discarded = false;
      self.close();
    },
  });
  load(handed);
  return self;
}

async function shownLost({ id, at, path, document }: Lost) {
  const name = path === null ? document.name : basename(path);
  return { id, at, name, folder: path === null ? null : dirname(path), thumbnail: await reading.thumbnail(document) };
}
