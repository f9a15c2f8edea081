import { create } from 'zustand';
import type { RecentFile } from '../../../src/desktopCalls.ts';
import { callDesktop } from '../desktop/desktop.ts';
import { newestWins } from '../desktop/newestWins.ts';
import { useDocument } from '../stores/stores.ts';

/** The files that were open not long ago, newest first, as main has last told them. */
export const useRecentFiles = create<{ readonly files: readonly RecentFile[] }>()(() => ({ files: [] }));

const begin = newestWins();

export async function readRecentFiles(): Promise<void> {
  const isNewest = begin();
  const { recent } = await callDesktop('startPage');
  if (!isNewest()) return;
  useRecentFiles.setState({ files: recent });
}

/** Asked for again whenever this or another window may have opened or saved one. */
export function followRecentFiles(): void {
  const read = (): void => void readRecentFiles().catch(console.error);
  read();
  window.addEventListener('focus', read);
  useDocument.subscribe((now, before) => {
    if (now.fileName !== before.fileName || now.generation !== before.generation) read();
  });
}
