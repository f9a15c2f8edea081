import type { Stats } from 'node:fs';
import { lstat, readlink, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { type Text, UserError } from '../text.ts';

/** The file that a write to a path changes. */
export interface WriteTarget {
  /** Path with symbolic links followed. */
  readonly path: string;
  /** The existing file; null if there is none. */
  readonly existing: Stats | null;
}

/** Limit on the number of links, as in Linux. */
const MOST_LINKS = 40;

/**
 * Follows links, even to a file that does not exist yet, so that a write replaces the file and not the link. Throws
 * UserError if the path leads to a folder, device, pipe or socket, or if links form a loop.
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

/** True if both paths lead to the same file through any links. */
export async function isSameFile(a: string, b: string): Promise<boolean> {
  const [first, second] = await Promise.all([a, b].map((path) => stat(path).catch(() => null)));
  return !!first && !!second && first.dev === second.dev && first.ino === second.ino;
}

const circle = (path: string) =>
  new UserError({
    en: `“${path}” is a symbolic link to itself. Choose a file.`,
    zh: `“${path}”是指向自身的符号链接。请选择文件。`,
  });

function noFile(path: string, found: Stats): UserError {
  const kind = kindOf(found);
  return new UserError({
    en: `“${path}” is ${kind.en}, which would be replaced. Choose a file.`,
    zh: `“${path}”是${kind.zh}，写入会将其替换。请选择文件。`,
  });
}

function kindOf(found: Stats): Text {
  if (found.isDirectory()) return { en: 'a folder', zh: '文件夹' };
  if (found.isFIFO()) return { en: 'a pipe', zh: '管道' };
  if (found.isSocket()) return { en: 'a socket', zh: '套接字' };
  return { en: 'a device', zh: '设备' };
}
