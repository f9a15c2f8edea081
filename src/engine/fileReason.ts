import { same, type Text, UserError } from '../text.ts';

const reasons: Readonly<Record<string, Text>> = {
  ENOENT: { en: 'it is not there; it was moved or deleted', zh: '文件不存在，可能已被移动或删除' },
  EACCES: { en: 'you may not read or write there', zh: '没有读写权限' },
  EPERM: { en: 'you may not read or write there', zh: '没有读写权限' },
  EROFS: { en: 'the place is read-only', zh: '该位置为只读' },
  ENOSPC: { en: 'the disk is full', zh: '磁盘已满' },
  EISDIR: { en: 'it is a folder', zh: '它是文件夹' },
  EBUSY: { en: 'another program is using it', zh: '正被其他程序占用' },
};

/** Why a file could not be read or written, in words where the system only has a code. */
export function explain(error: unknown, failed: (reason: Text) => Text): Text {
  if (error instanceof UserError) return error.text;
  const code = (error as NodeJS.ErrnoException | null)?.code ?? '';
  return failed(reasons[code] ?? same(error instanceof Error ? error.message : String(error)));
}
