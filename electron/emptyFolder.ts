import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** The chosen folder if it is empty; otherwise the path of a new folder in it, so that nothing there is replaced. */
export async function emptyFolder(chosen: string, name: string): Promise<string> {
  const names = await readdir(chosen).catch(() => []);
  if (names.length === 0) return chosen;
  for (let count = 1; ; count++) {
    const path = join(chosen, count === 1 ? name : `${name} ${count}`);
    if (!existsSync(path)) return path;
  }
}
