import { app } from 'electron';
import type { Thumbnail } from '../src/desktopCalls.ts';
import type { DialogFolder } from './dialogFolder.ts';
import type { RecentFiles } from './recent.ts';

/** Adds a file to the recent files of Netloom and of the system. An error is only logged, because the file itself is safe. */
export function addRecentFile(
  recent: RecentFiles,
  folder: DialogFolder,
  file: string,
  thumbnail: Thumbnail | null,
): void {
  try {
    recent.add(file, thumbnail);
    app.addRecentDocument(file);
    folder.remember(file);
  } catch (error) {
    console.error(error);
  }
}
