import { stat } from 'node:fs/promises';

/** Tells whether a file is still what it was. */
export interface FileStamp {
  readonly modified: number;
  readonly size: number;
}

/** Null when there is no such file. */
export async function fileStamp(path: string): Promise<FileStamp | null> {
  try {
    const { mtimeMs, size } = await stat(path);
    return { modified: mtimeMs, size };
  } catch {
    return null;
  }
}

/** Whether another program has changed the file; one that is gone has nothing to be lost. */
export async function hasChanged(path: string, before: FileStamp | null): Promise<boolean> {
  const now = await fileStamp(path);
  return now !== null && before !== null && (now.modified !== before.modified || now.size !== before.size);
}
