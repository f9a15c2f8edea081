import { create } from 'zustand';
import type { LibraryState } from '../../../src/desktopCalls.ts';
import type { NetworkDocument } from '../../../src/graph/document.ts';
import type { Edit } from '../../../src/graph/edits.ts';
import { bringIn, type Library, withLibrary } from '../../../src/plan/library.ts';
import { callDesktop, onLibrary } from '../../state/desktop/desktop.ts';
import { newestWins } from '../../state/desktop/newestWins.ts';
import { useDocument, useUi } from '../../state/stores/stores.ts';

interface OwnBlocks {
  readonly library: Library;
  /** Block files that could not be read. */
  readonly damaged: LibraryState['damaged'];
}

/** The user's own blocks, from the main process. */
export const useLibrary = create<OwnBlocks>()(() => ({ library: [], damaged: [] }));

const begin = newestWins();

async function read(): Promise<void> {
  const isNewest = begin();
  const { blocks, damaged } = await callDesktop('readLibrary');
  if (!isNewest()) return;
  const known = new Set(useLibrary.getState().damaged.map(({ file }) => file));
  useLibrary.setState({ library: blocks.map(({ id, block }) => ({ id, ...block })), damaged });
  for (const { file, reason } of damaged) {
    if (known.has(file)) continue;
    const detail = { key: 'library.left', values: { file } } as const;
    useUi.getState().notify({ tone: 'bad', about: 'library', message: reason, detail });
  }
}

/** Updates the library, which all windows share. */
export function followLibrary(): void {
  onLibrary(() => read().catch(console.error));
  read().catch(console.error);
}

/** The document with the definitions of the library's blocks. Edits made on it have to go through `editWithLibrary`. */
export const documentWithLibrary = (): NetworkDocument =>
  withLibrary(useDocument.getState().document, useLibrary.getState().library);

/** Applies edits made on `documentWithLibrary`, with the library definitions that they need, in one undo step. */
export const editWithLibrary = (seen: NetworkDocument, edits: readonly Edit[]): void =>
  useDocument.getState().edit(bringIn(seen, edits));
