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
  /** Files of blocks that could not be read. */
  readonly damaged: LibraryState['damaged'];
}

/** The user's own blocks, as main has them. */
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

/** Keeps up with the library, which all windows share. */
export function followLibrary(): void {
  onLibrary(() => read().catch(console.error));
  read().catch(console.error);
}

/** The document as one adds to it: with the library's blocks at hand. Edits made of it are for `addSeen`. */
export const seenDocument = (): NetworkDocument =>
  withLibrary(useDocument.getState().document, useLibrary.getState().library);

/** Edits of the document as it was seen, with the definitions that they need from the library: one undo step. */
export const addSeen = (seen: NetworkDocument, edits: readonly Edit[]): void =>
  useDocument.getState().edit(bringIn(seen, edits));
