import { type BrowserWindow, clipboard } from 'electron';
import type { DesktopArgs, DesktopResult } from '../src/desktopCalls.ts';
import { explain } from '../src/engine/fileReason.ts';
import { isTorchProject } from '../src/engine/torchProject.ts';
import type { Language } from '../src/text.ts';
import type { AppParts } from './appWindow.ts';
import type { CallHandlers } from './calls.ts';
import { allowCamera } from './camera.ts';
import { chooseData, isData } from './chooseData.ts';
import type { Closing } from './closing.ts';
import type { EngineHost } from './engineHost.ts';
import type { Files } from './files.ts';
import { doRole } from './menu.ts';
import { handedBy } from './opening.ts';
import type { Page } from './page.ts';
import { otherRuntime } from './runtime.ts';
import { startPage } from './startPage.ts';
import { texts } from './texts.ts';

/** Parts of a window that its page calls. */
interface WindowParts {
  readonly window: BrowserWindow;
  readonly page: Page;
  readonly engine: EngineHost;
  readonly files: Files;
  readonly closing: Closing;
  language(): Language;
  /** Loads the page again, with the work of the last one. */
  loadAgain(): void;
  setTitle(title: DesktopArgs<'setTitle'>[0]): void;
  setMenu(items: DesktopArgs<'setMenu'>[0]): void;
}

const done = { ok: true } as const;

async function changeLibrary(work: Promise<void>): Promise<DesktopResult<'saveBlock'>> {
  try {
    await work;
    return done;
  } catch (error) {
    return { ok: false, message: explain(error, texts.libraryNotChanged) };
  }
}

/** Handlers of all calls of a window's page. */
export function windowCalls(
  { window, page, engine, files, closing, language, loadAgain, setTitle, setMenu }: WindowParts,
  { recent, recovery, library, open }: AppParts,
): CallHandlers {
  return {
    open: files.open,
    takeOpened: files.takeOpened,
    importProgress: async () => files.importing.progress,
    async cancelImport() {
      files.importing.cancel();
      return done;
    },
    readNetwork: files.readNetwork,
    async openDropped(paths) {
      // Dragged data of another program has no path if it is no file.
      const [first, ...rest] = paths.filter((path) => path !== '');
      if (first === undefined) return { ok: false, message: texts.noFile };
      if (!(await isTorchProject(first)) && (await isData(first))) return { ok: 'data', path: first };
      for (const path of rest) open({ path });
      return files.openPath(first);
    },
    chooseData: async (kind) => ({ path: await chooseData(window, files.folder(), kind, language()) }),
    save: files.save,
    async savedToClose(saved) {
      closing.saved(saved);
      return done;
    },
    exportNetwork: files.exportNetwork,
    saveFile: files.saveFile,
    readLibrary: library.read,
    saveBlock: (id, block) => changeLibrary(library.save(id, block)),
    removeBlock: (id) => changeLibrary(library.remove(id)),
    importBlock: files.importBlock,
    reset: files.reset,
    keep: files.keep,
    runtime: async () => ({ other: otherRuntime() }),
    async loadAgain() {
      loadAgain();
      return done;
    },
    async newWindow(source) {
      open(source === null ? null : handedBy(source, recent));
      return done;
    },
    startPage: () => startPage(recent, recovery),
    async forgetRecent(id) {
      recent.forget(id);
      return done;
    },
    async discardLost(id) {
      await recovery.discard(id);
      return done;
    },
    async setTitle(title) {
      setTitle(title);
      return done;
    },
    async setMenu(items) {
      setMenu(items);
      return done;
    },
    readClipboard: async () => clipboard.readText(),
    allowCamera: (wanted) => allowCamera(window, wanted, language()),
    async writeClipboard(text) {
      clipboard.writeText(text);
      return done;
    },
    async doRole(role) {
      doRole(window, role);
      return done;
    },
    async editText(action) {
      window.webContents[action]();
      return done;
    },
    askUnsaved: closing.askUnsaved,
    async connectEngine() {
      page.listens();
      engine.connect();
      return done;
    },
  };
}
