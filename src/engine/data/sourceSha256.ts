import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { openFolder } from './fileTree.ts';

/** Files that programs leave in folders, which are no part of a dataset. */
const NO_DATA = /(^|\/)(\.[^/]*|Thumbs\.db|desktop\.ini)$|\.netloom$/i;

/** Files whose size is asked at the same time. */
const AT_ONCE = 64;

/**
 * Fingerprint of a dataset, by which it is recognized in another place: SHA-256 of a file's content, or of the paths and sizes
 * of a folder's files. Throws system errors and UserError where it cannot be read.
 */
export async function sourceSha256(source: string): Promise<string> {
  const hash = createHash('sha256');
  if (!(await stat(source)).isDirectory()) {
    for await (const piece of createReadStream(source)) hash.update(piece as Uint8Array);
    return hash.digest('hex');
  }
  const tree = await openFolder(source);
  const paths = tree.paths.filter((path) => !NO_DATA.test(path));
  for (let at = 0; at < paths.length; at += AT_ONCE) {
    const some = paths.slice(at, at + AT_ONCE);
    const sizes = await Promise.all(some.map((path) => tree.size(path).catch(() => -1)));
    for (const [i, path] of some.entries()) hash.update(`${path}\0${sizes[i]}\n`);
  }
  await tree.close();
  return hash.digest('hex');
}
