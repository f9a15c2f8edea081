import { stat } from 'node:fs/promises';

/** Size and time of a file, to detect later changes. */
export interface FileStamp {
  readonly modified: number;
  readonly size: number;
}

/** The stamp of a file; null if the file does not exist. */
export async function fileStamp(path: string): Promise<FileStamp | null> {
  try {
    const { mtimeMs, size } = await stat(path);
    return { modified: mtimeMs, size };
  } catch {
    return null;
  }
}

/** True if another program has changed the file. A deleted file counts as unchanged, because nothing can be lost. */
export async function hasChanged(path: string, before: FileStamp | null): Promise<boolean> {
  const now = await fileStamp(path);
  return now !== null && before !== null && (now.modified !== before.modified || now.size !== before.size);
}
