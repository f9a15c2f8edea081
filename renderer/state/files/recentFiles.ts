import { create } from 'zustand';
import type { RecentFile } from '../../../src/desktopCalls.ts';
import { callDesktop } from '../desktop/desktop.ts';
import { newestWins } from '../desktop/newestWins.ts';
import { useDocument } from '../stores/stores.ts';

/** Recently opened files, newest first. */
export const useRecentFiles = create<{ readonly files: readonly RecentFile[] }>()(() => ({ files: [] }));

const begin = newestWins();

export async function readRecentFiles(): Promise<void> {
  const isNewest = begin();
  const { recent } = await callDesktop('startPage');
  if (!isNewest()) return;
  useRecentFiles.setState({ files: recent });
}

/** Reloads the list whenever a window may have opened or saved a file. */
export function followRecentFiles(): void {
  const read = (): void => void readRecentFiles().catch(console.error);
  read();
  window.addEventListener('focus', read);
  useDocument.subscribe((now, before) => {
    if (now.fileName !== before.fileName || now.generation !== before.generation) read();
  });
}
