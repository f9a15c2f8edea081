import { same, type Text, UserError } from '../text.ts';
import { DiskFull } from './diskFull.ts';

const reasons: Readonly<Record<string, Text>> = {
  ENOENT: { en: 'it is not there; it was moved or deleted', zh: '文件不存在，可能已被移动或删除' },
  EACCES: { en: 'you may not read or write there', zh: '没有读写权限' },
  EPERM: { en: 'you may not read or write there', zh: '没有读写权限' },
  EROFS: { en: 'the place is read-only', zh: '该位置为只读' },
  ENOSPC: { en: 'the disk is full', zh: '磁盘已满' },
  EISDIR: { en: 'it is a folder', zh: '它是文件夹' },
  EDQUOT: { en: 'your share of the disk is used up', zh: '磁盘配额已用完' },
  EMFILE: { en: 'too many files are open', zh: '打开的文件过多' },
  ENOTDIR: { en: 'a part of the path is no folder', zh: '路径中有一部分不是文件夹' },
  ENAMETOOLONG: { en: 'the name is too long', zh: '名称过长' },
  ERR_FS_FILE_TOO_LARGE: { en: 'it is larger than 2 GB', zh: '文件大于 2 GB' },
  EBUSY: { en: 'another program is using it', zh: '正被其他程序占用' },
};

/** Why the system refused a file: words where it only has a code. */
export function reasonOf(error: unknown): Text {
  if (error instanceof DiskFull) return error.reason;
  const code = (error as NodeJS.ErrnoException | null)?.code ?? '';
  return reasons[code] ?? same(error instanceof Error ? error.message : String(error));
}

/** Why a file could not be read or written. */
export function explain(error: unknown, failed: (reason: Text) => Text): Text {
  return error instanceof UserError ? error.text : failed(reasonOf(error));
}
