import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { access } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { z } from 'zod';
import type { RecentFile, Thumbnail } from '../src/desktopCalls.ts';
import { writeAtomically } from '../src/engine/atomicWrite.ts';
import { readKeptFile } from './keptFile.ts';

export const MOST_RECENT = 12;

const entrySchema = z.object({
  id: z.string().min(1),
  path: z.string().min(1),
  at: z.number(),
  thumbnail: z.object({ light: z.string(), dark: z.string() }).nullable(),
});
type Entry = z.infer<typeof entrySchema>;

/** The recent files, newest first. Windows refer to them by id, because only the main process knows paths. */
export interface RecentFiles {
  list(): readonly RecentFile[];
  pathOf(id: string): string | null;
  /** Adds a file, or moves it to the first position. */
  add(path: string, thumbnail: Thumbnail | null): void;
  /** Removes one file; null removes all. */
  forget(id: string | null): void;
  /** Checks which files still exist. */
  refresh(): Promise<void>;
}

const read = (file: string): Entry[] => readKeptFile(file, z.array(entrySchema), []).slice(0, MOST_RECENT);

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

/** Opens the list stored in `file`. `changed` is called after every visible change. */
export function openRecent(file: string, changed: () => void): RecentFiles {
  let entries: readonly Entry[] = read(file);
  let missing: ReadonlySet<string> = new Set();
  let writing = Promise.resolve();

  function change(next: readonly Entry[]): void {
    entries = next;
    const bytes = new TextEncoder().encode(JSON.stringify(entries));
    mkdirSync(dirname(file), { recursive: true });
    // Writes one after the other, so that the last write wins.
    writing = writing.then(() => writeAtomically(file, bytes)).catch(console.error);
    changed();
  }

  return {
    list: () =>
      entries.map(({ id, path, at, thumbnail }) => ({
        id,
        name: basename(path),
        folder: dirname(path),
        at,
        missing: missing.has(path),
        thumbnail,
      })),
    pathOf: (id) => entries.find((entry) => entry.id === id)?.path ?? null,
    add(path, thumbnail) {
      const known = entries.find((entry) => entry.path === path);
      const entry = { id: known?.id ?? randomUUID(), path, at: Date.now(), thumbnail };
      missing = new Set([...missing].filter((other) => other !== path));
      change([entry, ...entries.filter((other) => other !== known)].slice(0, MOST_RECENT));
    },
    forget(id) {
      const kept = id === null ? [] : entries.filter((entry) => entry.id !== id);
      if (kept.length !== entries.length) change(kept);
    },
    async refresh() {
      const looked = entries;
      const there = await Promise.all(looked.map(({ path }) => exists(path)));
      const now = new Set(looked.filter((_, index) => !there[index]).map(({ path }) => path));
      const same = now.size === missing.size && [...now].every((path) => missing.has(path));
      missing = now;
      if (!same) changed();
    },
  };
}
