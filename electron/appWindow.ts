import type { BrowserWindow } from 'electron';
import type { BlockLibrary } from './library.ts';
import type { OpeningRequest } from './opening.ts';
import type { RecentFiles } from './recent.ts';
import type { Recovery } from './recovery.ts';
import type { SettingsStore } from './settings.ts';

/** One window of the app, with its engine and file. */
export interface AppWindow {
  readonly window: BrowserWindow;
  path(): string | null;
  /** True if nothing was drawn or opened in the window. */
  isBlank(): boolean;
  show(): void;
  hand(handed: OpeningRequest): void;
  /** Asks about unsaved work, and saves the work if the user chooses that. True if the window may close. */
  mayClose(): Promise<boolean>;
  /** Closes the window without a question. */
  close(): void;
  /** Makes the menu of the window the menu of the app. */
  showMenu(): void;
  /** Tells the page that the block library has changed. */
  showLibrary(): void;
}

/** Parts of the app that all windows share. */
export interface AppParts {
  readonly settings: SettingsStore;
  readonly recent: RecentFiles;
  readonly recovery: Recovery;
  readonly library: BlockLibrary;
  /** Folder of all runs. */
  readonly runs: string;
  /** Opens another window, with the network handed to it. */
  open(handed: OpeningRequest | null): void;
  /** Another window than the given one that has the file; null if there is none. */
  other(than: AppWindow, path: string): AppWindow | null;
}
