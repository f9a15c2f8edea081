import { realpathSync } from 'node:fs';
import { join } from 'node:path';
import { app, BrowserWindow, screen } from 'electron';
import type { AppParts, AppWindow } from './appWindow.ts';
import { openLibrary } from './library.ts';
import type { OpeningRequest } from './opening.ts';
import { cascade } from './placeWindow.ts';
import { openRecent } from './recent.ts';
import { openRecovery } from './recovery.ts';
import type { Settings, SettingsStore } from './settings.ts';
import { createWindow } from './window.ts';

export interface Windows {
  /** Opens a window with the given work or file. */
  open(handed: OpeningRequest | null): void;
  /** Opens a file: in the window that already has it, otherwise in a blank window, otherwise in a new one. */
  openFile(path: string): void;
  /** Brings the last used window to the front. */
  showLast(): void;
  /** Asks about the unsaved work of every window in turn. Either all windows close, or none. */
  closeAll(): Promise<boolean>;
}

/** A canonical path: one file has several paths through links, and on some systems through the case of letters. */
function place(path: string): string {
  try {
    return realpathSync.native(path);
  } catch {
    return path;
  }
}

export function openWindows(settings: SettingsStore): Windows {
  const folder = app.getPath('userData');
  /** Ordered by use; the last used window is last. */
  let open: readonly AppWindow[] = [];

  const recent = openRecent(join(folder, 'recent.json'), () => open.at(-1)?.showMenu());
  const withFile = (path: string, but: AppWindow | null): AppWindow | null => {
    const wanted = place(path);
    return (
      open.find((other) => {
        const has = other === but ? null : other.path();
        return has !== null && place(has) === wanted;
      }) ?? null
    );
  };

  const shared: AppParts = {
    settings,
    recent,
    recovery: openRecovery(join(folder, 'recovery')),
    library: openLibrary(join(folder, 'blocks'), () => {
      for (const each of open) each.showLibrary();
    }),
    runs: join(folder, 'runs'),
    open: add,
    other: (than, path) => withFile(path, than),
  };

  function nextBounds(): Settings['bounds'] {
    const last = open.at(-1)?.window.getNormalBounds();
    return last === undefined ? settings.now.bounds : cascade(last, screen.getDisplayMatching(last).workArea);
  }

  function add(handed: OpeningRequest | null): void {
    const first = open.length === 0;
    const added = createWindow(nextBounds(), shared, handed);
    const { window } = added;
    if (first && settings.now.maximized) window.maximize();
    open = [...open, added];
    window.on('focus', () => {
      open = [...open.filter((other) => other !== added), added];
      recent.refresh().catch(console.error);
    });
    window.on('closed', () => {
      open = open.filter((other) => other !== added);
      if (BrowserWindow.getFocusedWindow() === null) open.at(-1)?.showMenu();
    });
  }

  return {
    open: add,
    openFile(path) {
      const has = withFile(path, null);
      const blank = open.findLast((window) => window.isBlank());
      if (has !== null) has.show();
      else if (blank === undefined) add({ path });
      else {
        blank.hand({ path });
        blank.show();
      }
    },
    showLast: () => open.at(-1)?.show(),
    async closeAll() {
      const asked = [...open].reverse();
      for (const window of asked) if (!(await window.mayClose())) return false;
      for (const window of asked) window.close();
      return true;
    },
  };
}
