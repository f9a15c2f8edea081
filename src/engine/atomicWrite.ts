import { open, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { writeTarget } from './writeTarget.ts';

/** Tells two writes to one file that overlap apart. */
let writes = 0;

/**
 * Writes beside the target and renames: whatever goes wrong, the old file is whole. Links are followed, and the mode of
 * the old file is kept. Throws UserError where the path leads to no file (`writeTarget`).
 */
export async function writeAtomically(path: string, bytes: Uint8Array | readonly Uint8Array[]): Promise<void> {
  const { path: target, existing } = await writeTarget(path);
  const temporary = join(dirname(target), `.${basename(target)}.${process.pid}.${writes++}.new`);
  // `wx`: a link or file that somebody put in its place is not written through.
  const file = await open(temporary, 'wx');
  try {
    try {
      await writeFile(file, bytes);
      // The mode given to `open` would be cut by the umask.
      if (existing !== null) await file.chmod(existing.mode & 0o7777);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, target);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}
