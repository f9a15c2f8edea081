import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileName } from './fileNames.ts';
import type { OwnFile } from './ownFile.ts';
import type { SettingsStore } from './settings.ts';

/** Folder in which a window's file dialogs start. */
export interface DialogFolder {
  /** Folder of the window's file, or of the file last used. */
  path(): string;
  /** Path of a file of that name in the folder. */
  suggest(name: string): string;
  /** Remembers the folder of a file for windows without a file. */
  remember(file: string): void;
}

export function dialogFolder(own: OwnFile, settings: SettingsStore): DialogFolder {
  const path = (): string => {
    const file = own.file.path;
    return file === null ? (settings.now.folder ?? homedir()) : dirname(file);
  };
  return {
    path,
    suggest: (name) => join(path(), fileName(name)),
    remember: (file) => settings.change({ folder: dirname(file) }),
  };
}
