import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { LibraryState } from '../src/desktopCalls.ts';
import { writeAtomically } from '../src/engine/atomicWrite.ts';
import { explain } from '../src/engine/fileReason.ts';
import { BLOCK_EXTENSION, readSharedBlock, type SharedBlock, writeSharedBlock } from '../src/graph/blockFile.ts';

/** The library of the user's blocks, with one file per block, common to all windows. */
export interface BlockLibrary {
  /** Reads the current content of the folder. */
  read(): Promise<LibraryState>;
  /** Saves a block under a new id, or replaces the block with this id. */
  save(id: string, block: SharedBlock): Promise<void>;
  remove(id: string): Promise<void>;
}

const SUFFIX = `.${BLOCK_EXTENSION}`;

/** Opens the library in `folder`. `changed` is called after every change. Unreadable files are not changed. */
export function openLibrary(folder: string, changed: () => void): BlockLibrary {
  let working: Promise<unknown> = Promise.resolve();
  /** Runs tasks one after the other, so that no partly written file is read and the last write wins. */
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const result = working.then(work);
    working = result.catch(() => {});
    return result;
  };
  const file = (id: string): string => join(folder, `${id}${SUFFIX}`);

  async function readAll(): Promise<LibraryState> {
    const names = await readdir(folder).catch(() => []);
    const blocks: LibraryState['blocks'] = [];
    const damaged: LibraryState['damaged'] = [];
    // Files that begin with a dot are still being written.
    for (const name of names.filter((each) => each.endsWith(SUFFIX) && !each.startsWith('.')).sort()) {
      try {
        const block = readSharedBlock(await readFile(join(folder, name), 'utf8'), name);
        blocks.push({ id: name.slice(0, -SUFFIX.length), block });
      } catch (error) {
        damaged.push({ file: join(folder, name), reason: explain(error, (reason) => reason) });
      }
    }
    blocks.sort((a, b) => a.block.title.localeCompare(b.block.title));
    return { blocks, damaged };
  }

  return {
    read: () => inTurn(readAll),
    async save(id, block) {
      await inTurn(async () => {
        await mkdir(folder, { recursive: true });
        await writeAtomically(file(id), new TextEncoder().encode(writeSharedBlock(block)));
      });
      changed();
    },
    async remove(id) {
      await inTurn(() => rm(file(id), { force: true }));
      changed();
    },
  };
}
