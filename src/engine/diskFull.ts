import { statfs } from 'node:fs/promises';
import { sizeText } from '../sizeText.ts';
import type { Text } from '../text.ts';

/** The disk has no room for a file. `reason` says how much is missing, and fits where `reasonOf` (fileReason.ts) is used. */
export class DiskFull extends Error {
  readonly code = 'ENOSPC';

  constructor(readonly reason: Text) {
    super(reason.en);
  }
}

interface Write {
  /** Bytes of the new file. */
  readonly bytes: number;
  /** An old file stays beside the new one until that is whole. */
  readonly replaces: boolean;
}

/** The error to tell of a write that failed: one with figures where the disk is full, else the error itself. */
export async function withRoom(error: unknown, folder: string, write: Write): Promise<unknown> {
  if ((error as NodeJS.ErrnoException | null)?.code !== 'ENOSPC') return error;
  const free = await statfs(folder).then(
    ({ bavail, bsize }) => bavail * bsize,
    () => null,
  );
  // Another program may have made room meanwhile, or the disk has run out of names.
  return free === null || free >= write.bytes ? error : new DiskFull(noRoom(write, free));
}

function noRoom({ bytes, replaces }: Write, free: number): Text {
  const [needs, has, missing] = [bytes, free, bytes - free].map(sizeText);
  if (!replaces) {
    return {
      en: `the file takes ${needs}, and the disk has ${has} left: free another ${missing}`,
      zh: `文件需要 ${needs}，而磁盘只剩 ${has}：请再腾出 ${missing}`,
    };
  }
  return {
    en: `the new file takes ${needs} beside the old one, which goes only when the new one is whole, and the disk has ${has} left: free another ${missing}`,
    zh: `新文件完整写好之前会保留原文件，因此还需要 ${needs}，而磁盘只剩 ${has}：请再腾出 ${missing}`,
  };
}
