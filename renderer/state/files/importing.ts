import { create } from 'zustand';
import type { ImportProgress } from '../../../src/desktopCalls.ts';
import { callDesktop } from '../desktop/desktop.ts';

interface ImportingState {
  /** The import of a model that is under way. */
  readonly progress: ImportProgress | null;
}

export const useImporting = create<ImportingState>()(() => ({ progress: null }));

/** Milliseconds between two looks at the progress. */
const LOOK_EVERY = 200;

/** Number of files that are being opened. */
let opening = 0;

/** Opens a file, and shows the progress if it is a model that is imported. An import that is under way is canceled. */
export async function followImport<T>(open: () => Promise<T>): Promise<T> {
  cancelImport();
  opening++;
  let ended = false;
  const look = setInterval(async () => {
    const progress = await callDesktop('importProgress').catch(() => null);
    if (!ended) useImporting.setState({ progress });
  }, LOOK_EVERY);
  try {
    return await open();
  } finally {
    ended = true;
    opening--;
    clearInterval(look);
    useImporting.setState({ progress: null });
  }
}

/** Ends the import that is under way, if there is one. The present network stays. */
export function cancelImport(): void {
  if (opening === 0) return;
  useImporting.setState({ progress: null });
  callDesktop('cancelImport').catch(console.error);
}
