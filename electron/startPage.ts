import { basename, dirname } from 'node:path';
import type { DesktopResult } from '../src/desktopCalls.ts';
import { damagedFiles } from './keptFile.ts';
import { reading } from './reading.ts';
import type { RecentFiles } from './recent.ts';
import type { Recovery, UnsavedWork } from './recovery.ts';

async function shownLost({ id, at, path, document }: UnsavedWork) {
  const name = path === null ? document.name : basename(path);
  return { id, at, name, folder: path === null ? null : dirname(path), thumbnail: await reading.thumbnail(document) };
}

/** Recent files, lost work and damaged files, for the start page. */
export async function startPage(recent: RecentFiles, recovery: Recovery): Promise<DesktopResult<'startPage'>> {
  await recent.refresh();
  const { found, damaged } = await recovery.lost();
  return {
    recent: [...recent.list()],
    lost: await Promise.all(found.map(shownLost)),
    damaged: [...damagedFiles(), ...damaged],
  };
}
