import { readdir, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { fileError } from '../engine/fileError.ts';
import { UsageError } from './command.ts';

/** Throws UserError unless the project can be written there without mixing it with other files. */
export async function checkFolder(folder: string, force: boolean): Promise<void> {
  const found = await stat(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw fileError(folder, error);
  });
  if (found === null) return checkParent(folder);
  if (!found.isDirectory()) {
    throw new UsageError({
      en: `“${folder}” is a file. Give a folder for the project.`,
      zh: `“${folder}”是文件。请为项目指定一个文件夹。`,
    });
  }
  const names = await readdir(folder).catch((error) => {
    throw fileError(folder, error);
  });
  if (names.length === 0 || force) return;
  throw new UsageError({
    en: `Folder “${folder}” is not empty. Choose another folder, or add --force to overwrite the files of the project in it.`,
    zh: `文件夹“${folder}”不为空。请换一个文件夹，或加 --force 覆盖其中的项目文件。`,
  });
}

async function checkParent(folder: string): Promise<void> {
  const parent = dirname(resolve(folder));
  const found = await stat(parent).catch(() => null);
  if (found?.isDirectory() === true) return;
  throw new UsageError({
    en: `Cannot write “${folder}”: folder “${parent}” does not exist. Create it, or choose another folder.`,
    zh: `无法写入“${folder}”：文件夹“${parent}”不存在。请创建该文件夹，或换一个文件夹。`,
  });
}
