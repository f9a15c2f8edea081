import type { Stats } from 'node:fs';
import { lstat, readlink, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { type Text, UserError } from '../text.ts';

/** The file that a write to a path reaches. */
export interface WriteTarget {
  /** With symbolic links followed. */
  readonly path: string;
  /** The file that is there, null when there is none yet. */
  readonly existing: Stats | null;
}

/** As many links as Linux follows. */
const MOST_LINKS = 40;

/**
 * Follows links, to a file that does not exist yet as well, so that a write replaces the file and not a link to it.
 * Throws UserError when the path leads to a folder, device, pipe or socket, or round in a circle.
 */
export async function writeTarget(path: string): Promise<WriteTarget> {
  let target = path;
  for (let links = 0; ; links++) {
    const found = await lstat(target).catch(absent);
    if (found === null || found.isFile()) return { path: target, existing: found };
    if (!found.isSymbolicLink()) throw noFile(path, found);
    if (links === MOST_LINKS) throw circle(path);
    target = resolve(dirname(target), await readlink(target));
  }
}

function absent(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT') return null;
  throw error;
}

/** True when both paths lead to one file, by whatever links. */
export async function isSameFile(a: string, b: string): Promise<boolean> {
  const [first, second] = await Promise.all([a, b].map((path) => stat(path).catch(() => null)));
  return !!first && !!second && first.dev === second.dev && first.ino === second.ino;
}

const circle = (path: string) =>
  new UserError({
    en: `'${path}' is a symbolic link that leads back to itself. Name a file.`,
    zh: `“${path}”是指向自身的符号链接。请指定文件。`,
  });

function noFile(path: string, found: Stats): UserError {
  const kind = kindOf(found);
  return new UserError({
    en: `'${path}' is ${kind.en}, not a file: it would be replaced. Name a file.`,
    zh: `“${path}”是${kind.zh}，不是文件，写入会取代它。请指定文件。`,
  });
}

function kindOf(found: Stats): Text {
  if (found.isDirectory()) return { en: 'a folder', zh: '文件夹' };
  if (found.isFIFO()) return { en: 'a pipe', zh: '管道' };
  if (found.isSocket()) return { en: 'a socket', zh: '套接字' };
  return { en: 'a device', zh: '设备' };
}
