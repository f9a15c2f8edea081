import { stat } from 'node:fs/promises';
import { UserError } from '../text.ts';
import { reasonOf } from './fileReason.ts';

/**
 * Throws UserError for devices and pipes, from which reading may never end. Folders are refused by the reading itself.
 */
export async function refuseDevice(path: string, name = path): Promise<void> {
  const found = await stat(path);
  if (found.isFile() || found.isDirectory()) return;
  throw new UserError({
    en: `“${name}” is a device or a pipe, not a file. Choose a file.`,
    zh: `“${name}”是设备或管道，不是文件。请选择文件。`,
  });
}

/** Converts a file system error to a message for the user. */
export function fileError(path: string, error: unknown): UserError {
  const code = (error as NodeJS.ErrnoException | null)?.code;
  if (code === 'ENOENT') {
    return new UserError({
      en: `There is no file or folder “${path}”. Check the name and the place.`,
      zh: `找不到文件或文件夹“${path}”。请检查名称和位置。`,
    });
  }
  if (code === 'EISDIR') {
    return new UserError({ en: `“${path}” is a folder. Choose a file.`, zh: `“${path}”是文件夹。请选择文件。` });
  }
  const reason = reasonOf(error);
  return new UserError({
    en: `“${path}” cannot be used: ${reason.en}. Fix the problem, or choose another path.`,
    zh: `无法使用“${path}”：${reason.zh}。请解决此问题，或换一个路径。`,
  });
}
