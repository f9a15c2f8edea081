import { same, type Text, UserError } from '../text.ts';
import { DiskFull } from './diskFull.ts';

const reasons: Readonly<Record<string, Text>> = {
  ENOENT: {
    en: 'the file or folder does not exist; it was moved or deleted',
    zh: '文件或文件夹不存在，可能已被移动或删除',
  },
  EACCES: { en: 'you do not have permission to read or write there', zh: '没有读写权限' },
  EPERM: { en: 'you do not have permission to read or write there', zh: '没有读写权限' },
  EROFS: { en: 'the location is read-only', zh: '该位置为只读' },
  ENOSPC: { en: 'the disk is full', zh: '磁盘已满' },
  EISDIR: { en: 'the path is a folder', zh: '该路径是文件夹' },
  EDQUOT: { en: 'your disk quota is used up', zh: '磁盘配额已用完' },
  EMFILE: { en: 'too many files are open', zh: '打开的文件过多' },
  ENOTDIR: { en: 'part of the path is not a folder', zh: '路径中的某一部分不是文件夹' },
  ENAMETOOLONG: { en: 'the name is too long', zh: '名称过长' },
  ERR_FS_FILE_TOO_LARGE: { en: 'the file is larger than 2 GB', zh: '文件大于 2 GB' },
  EBUSY: { en: 'another program is using the file', zh: '文件正被其他程序占用' },
};

/** The reason that the system refused a file, for known error codes in both languages. */
export function reasonOf(error: unknown): Text {
  if (error instanceof DiskFull) return error.reason;
  const code = (error as NodeJS.ErrnoException | null)?.code ?? '';
  return reasons[code] ?? same(error instanceof Error ? error.message : String(error));
}

/** The message for a file that could not be read or written. */
export function explain(error: unknown, failed: (reason: Text) => Text): Text {
  return error instanceof UserError ? error.text : failed(reasonOf(error));
}
