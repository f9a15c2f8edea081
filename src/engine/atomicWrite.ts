import { randomBytes } from 'node:crypto';
import { open, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { withRoom } from './diskFull.ts';
import { isAlive } from './isAlive.ts';
import { writeTarget } from './writeTarget.ts';

/** Files that this process is writing. */
const underWay = new Set<string>();
/** A file of a process that is long dead may bear the number of one that lives (ms). */
const OLD = 24 * 3600 * 1000;

/**
 * Writes beside the target and renames: whatever goes wrong, the old file is whole, and once this has returned the new one
 * is on the disk. Links are followed, and the mode of the old file is kept. What killed processes have left beside the
 * target goes. Throws UserError where the path leads to no file (`writeTarget`), DiskFull where there is no room for both files.
 */
export async function writeAtomically(path: string, bytes: Uint8Array | readonly Uint8Array[]): Promise<void> {
  const { path: target, existing } = await writeTarget(path);
  const folder = dirname(target);
  const name = temporaryName(target);
  const temporary = join(folder, name);
  underWay.add(name);
  try {
    // `wx`: a link or file that somebody put in its place is not written through.
    const file = await open(temporary, 'wx');
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
    throw await withRoom(error, folder, { bytes: lengthOf(bytes), replaces: existing !== null });
  } finally {
    underWay.delete(name);
  }
  // The file is written: what fails now is no failure of it.
  await Promise.all([syncFolder(folder), removeLeftovers(target)]).catch(() => {});
}

const temporaryName = (target: string): string =>
  `.${basename(target)}.${process.pid}.${randomBytes(4).toString('hex')}.new`;

/**
 * Makes the file that a write to this target would make first, and removes it: permissions do not tell of read-only and
 * virtual file systems, nor of names that are too long. Throws the system's error.
 */
export async function tryWriting(target: string): Promise<void> {
  const temporary = join(dirname(target), temporaryName(target));
  await writeFile(temporary, '', { flag: 'wx' });
  await rm(temporary, { force: true });
}

const lengthOf = (bytes: Uint8Array | readonly Uint8Array[]): number =>
  bytes instanceof Uint8Array ? bytes.length : bytes.reduce((sum, { length }) => sum + length, 0);

/** The new name is on the disk as well, where the system can say so. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Removes what processes that were killed while they wrote this file have left. */
async function removeLeftovers(target: string): Promise<void> {
  const folder = dirname(target);
  const start = `.${basename(target)}.`;
  for (const name of await readdir(folder)) {
    if (!name.startsWith(start) || underWay.has(name)) continue;
    const pid = /^(\d+)\.[\da-f]+\.new$/.exec(name.slice(start.length))?.[1];
    if (pid === undefined) continue;
    const { mtimeMs } = await stat(join(folder, name));
    const isDead = Number(pid) === process.pid || !isAlive(Number(pid)) || Date.now() - mtimeMs > OLD;
    if (isDead) await rm(join(folder, name), { force: true });
  }
}
