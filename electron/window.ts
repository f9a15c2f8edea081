import { BrowserWindow } from 'electron';
import type { DesktopArgs, MenuItem } from '../src/desktopCalls.ts';
import type { Language } from '../src/text.ts';
import type { AppParts, AppWindow } from './appWindow.ts';
import { openBrowserWindow, showTheme } from './browserWindow.ts';
import { answerCalls } from './calls.ts';
import { closingOf } from './closing.ts';
import { hostEngine } from './engineHost.ts';
import { createFiles } from './files.ts';
import { doRole, installMenu } from './menu.ts';
import { handedBy, type OpeningRequest } from './opening.ts';
import { pageOf } from './page.ts';
import { recoverPage } from './pageFailure.ts';
import type { Settings } from './settings.ts';
import { windowCalls } from './windowCalls.ts';

/** Opens a window with its page, engine, file, menu and unsaved work. */
export function createWindow(bounds: Settings['bounds'], shared: AppParts, handed: OpeningRequest | null): AppWindow {
  const { settings, recent, recovery } = shared;
  const window = openBrowserWindow({ bounds, theme: settings.now.theme });
  const page = pageOf(window);
  let title = { name: '', unsaved: false, blank: true };
  let menu: readonly MenuItem[] = [];
  const language = (): Language => settings.now.language;

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
  const closing = closingOf({
    window,
    page,
    language,
    name: () => title.name,
    isUnsaved: () => title.unsaved,
    show: () => self.show(),
  });

  const self: AppWindow = {
    window,
    path: files.path,
    isBlank: () => title.blank && !title.unsaved,
    show() {
      if (window.isMinimized()) window.restore();
      window.show();
      window.focus();
    },
    hand(handed) {
      files.hand(handed);
      page.send('handed');
    },
    mayClose: closing.mayClose,
    close: closing.close,
    showMenu() {
      installMenu(menu, {
        language: language(),
        recent: recent.list(),
        choose: (command) => page.send('command', command),
        doRole: (role) => doRole(window, role),
        openRecent(id) {
          const handed = handedBy({ kind: 'recent', id }, recent);
          if (handed !== null) self.hand(handed);
        },
        forgetRecent: (ids) => ids.forEach(recent.forget),
      });
    },
    showLibrary: () => page.send('library'),
  };

  function setTitle({ language, theme, ...next }: DesktopArgs<'setTitle'>[0]): void {
    title = next;
    window.setTitle(`${next.unsaved ? '● ' : ''}${next.name} – Netloom`);
    window.setDocumentEdited(next.unsaved);
    window.setRepresentedFilename(files.path() ?? '');
    showTheme(theme);
    settings.change({ language, theme });
  }

  function setMenu(items: readonly MenuItem[]): void {
    menu = items;
    if (window.isFocused() || BrowserWindow.getFocusedWindow() === null) self.showMenu();
  }

  function load(given: OpeningRequest | null): void {
    if (given !== null) files.hand(given);
    page.load(given !== null);
  }
  const loadAgain = (): void => load({ own: true });

  answerCalls(
    window.webContents,
    windowCalls({ window, page, engine, files, closing, language, loadAgain, setTitle, setMenu }, shared),
  );
  recoverPage({
    window,
    language,
    name: () => title.name,
    gone: () => closing.saved(false),
    loadAgain,
    loadBlank() {
      files.setAside().then((given) => window.isDestroyed() || load(given), console.error);
    },
    close: closing.closeAndKeep,
  });

  window.on('focus', self.showMenu);
  window.on('close', (event) => {
    if (!event.defaultPrevented) {
      settings.change({ bounds: window.getNormalBounds(), maximized: window.isMaximized() });
    }
  });
  window.on('closed', () => {
    files.end(closing.isDiscarded() || !title.unsaved);
    engine.end();
  });
  load(handed);
  return self;
}
