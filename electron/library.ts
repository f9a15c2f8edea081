import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { LibraryState } from '../src/desktopCalls.ts';
import { writeAtomically } from '../src/engine/atomicWrite.ts';
import { explain } from '../src/engine/fileReason.ts';
import { BLOCK_EXTENSION, readSharedBlock, type SharedBlock, writeSharedBlock } from '../src/graph/blockFile.ts';

/** The user's own blocks, a file for each, the same for all windows. */
export interface BlockLibrary {
  /** As the folder has it now. */
  read(): Promise<LibraryState>;
  /** Keeps a block under an id: a new one, or in the place of what has it. */
  save(id: string, block: SharedBlock): Promise<void>;
  remove(id: string): Promise<void>;
}

const SUFFIX = `.${BLOCK_EXTENSION}`;

/** Keeps the blocks in `folder`; `changed` is told after every change. Files that cannot be read are left alone. */
export function openLibrary(folder: string, changed: () => void): BlockLibrary {
  let working: Promise<unknown> = Promise.resolve();
  /** One after the other: what is read is whole, and the last that is written stays. */
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
    // The writer's own files beginning with a dot are not done yet.
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
