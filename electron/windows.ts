import { realpathSync } from 'node:fs';
import { join } from 'node:path';
import { app, BrowserWindow, screen } from 'electron';
import type { AppWindow, Shared } from './appWindow.ts';
import { openLibrary } from './library.ts';
import type { Handed } from './opening.ts';
import { cascade } from './placeWindow.ts';
import { openRecent } from './recent.ts';
import { openRecovery } from './recovery.ts';
import type { Settings, SettingsStore } from './settings.ts';
import { createWindow } from './window.ts';

export interface Windows {
  /** One more window, with what is handed to it. */
  open(handed: Handed | null): void;
  /** A file from outside: shown where it is open already, else in a window that is still blank, else in a new one. */
  openFile(path: string): void;
  /** Brings the window that was used last to the front. */
  showLast(): void;
  /** Asks in turn about every window's unsaved work; all close, or none does. */
  closeAll(): Promise<boolean>;
}

/** One file has many paths: by links, and by the case of letters where the system does not tell it apart. */
function place(path: string): string {
  try {
    return realpathSync.native(path);
  } catch {
    return path;
  }
}

export function openWindows(settings: SettingsStore): Windows {
  const folder = app.getPath('userData');
  /** The one used last comes last. */
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

  const shared: Shared = {
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

  function add(handed: Handed | null): void {
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
