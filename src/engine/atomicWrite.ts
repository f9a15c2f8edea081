import { randomBytes } from 'node:crypto';
import { open, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { withRoom } from './diskFull.ts';
import { isAlive } from './isAlive.ts';
import { writeTarget } from './writeTarget.ts';

/** Temporary files that this process is writing. */
const underWay = new Set<string>();
/**
 * Age (ms) from which a temporary file is abandoned, even if a running process has the id in its name: ids are reused.
 */
const OLD = 24 * 3600 * 1000;

/**
 * Writes a temporary file next to the target and renames it. If anything fails, the old file is unchanged; on return,
 * the new file is on the disk. Follows links, keeps the mode of the old file, and removes temporary files of killed
 * processes. Throws UserError if the path is not a file (`writeTarget`), and DiskFull if the disk has no space for both
 * files.
 */
export async function writeAtomically(path: string, bytes: Uint8Array | readonly Uint8Array[]): Promise<void> {
  const { path: target, existing } = await writeTarget(path);
  const folder = dirname(target);
  const name = temporaryName(target);
  const temporary = join(folder, name);
  underWay.add(name);
  try {
    // `wx` fails if another program has created a link or file at this path.
    const file = await open(temporary, 'wx');
    try {
      await writeFile(file, bytes);
      // A mode passed to `open` would be reduced by the umask.
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
  // The file is complete, so errors from here on are ignored.
  await Promise.all([syncFolder(folder), removeLeftovers(target)]).catch(() => {});
}

const temporaryName = (target: string): string =>
  `.${basename(target)}.${process.pid}.${randomBytes(4).toString('hex')}.new`;

/**
 * Checks that a target can be written by creating and removing a temporary file. Permissions alone do not reveal
 * read-only or virtual file systems and too long names. Throws the error of the system.
 */
export async function tryWriting(target: string): Promise<void> {
  const temporary = join(dirname(target), temporaryName(target));
  await writeFile(temporary, '', { flag: 'wx' });
  await rm(temporary, { force: true });
}

const lengthOf = (bytes: Uint8Array | readonly Uint8Array[]): number =>
  bytes instanceof Uint8Array ? bytes.length : bytes.reduce((sum, { length }) => sum + length, 0);

/** Syncs the folder, so that the new name is on the disk too; not every system supports it. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Removes temporary files of processes that were killed while writing this file. */
export async function removeLeftovers(target: string): Promise<void> {
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
