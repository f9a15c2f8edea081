import { statfs } from 'node:fs/promises';
import { sizeText } from '../sizeText.ts';
import type { Text } from '../text.ts';

/**
 * The disk has no space for a file. `reason` contains the missing amount, in the form of `reasonOf` (fileReason.ts).
 */
export class DiskFull extends Error {
  readonly code = 'ENOSPC';

  constructor(readonly reason: Text) {
    super(reason.en);
  }
}

interface Write {
  /** Size of the new file in bytes. */
  readonly bytes: number;
  /** True if an old file is kept until the new one is complete. */
  readonly replaces: boolean;
}

/** The error to report for a failed write: DiskFull with the sizes if the disk is full, otherwise the error itself. */
export async function withRoom(error: unknown, folder: string, write: Write): Promise<unknown> {
  if ((error as NodeJS.ErrnoException | null)?.code !== 'ENOSPC') return error;
  const free = await statfs(folder).then(
    ({ bavail, bsize }) => bavail * bsize,
    () => null,
  );
  // Another program may have freed space in the meantime, or the disk has no free file entries.
  return free === null || free >= write.bytes ? error : new DiskFull(noRoom(write, free));
}

function noRoom({ bytes, replaces }: Write, free: number): Text {
  const [needs, has, missing] = [bytes, free, bytes - free].map(sizeText);
  if (!replaces) {
    return {
      en: `the file needs ${needs}, but only ${has} are free on the disk. Free ${missing} more`,
      zh: `文件需要 ${needs}，而磁盘仅剩 ${has}。请再释放 ${missing}`,
    };
  }
  return {
    en: `the old file is kept until the new one is complete, which needs ${needs}, but only ${has} are free on the disk. Free ${missing} more`,
    zh: `新文件写完之前会保留原文件，因此还需要 ${needs}，而磁盘仅剩 ${has}。请再释放 ${missing}`,
  };
}
