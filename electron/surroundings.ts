import type { BrowserWindow } from 'electron';
import type { Language } from '../src/text.ts';
import type { EngineHost } from './engineHost.ts';
import type { RecentFiles } from './recent.ts';
import type { Recovery } from './recovery.ts';
import type { SettingsStore } from './settings.ts';

/** Dependencies of a window's files. */
export interface Surroundings {
  readonly window: BrowserWindow;
  readonly engine: EngineHost;
  /** Folder of all runs. */
  readonly runs: string;
  readonly settings: SettingsStore;
  readonly recent: RecentFiles;
  readonly recovery: Recovery;
  language(): Language;
  /** Shows the other window that has the file; false if there is none. */
  showElsewhere(path: string): boolean;
  isElsewhere(path: string): boolean;
}
