import { stat } from 'node:fs/promises';
import { fileError } from '../fileError.ts';
import { type FileTree, openFolder, openZip } from './fileTree.ts';

/** The files of a folder or of a zip archive. Throws UserError. */
export async function sourceTree(path: string): Promise<FileTree> {
  const found = await stat(path).catch((error: unknown) => {
    throw fileError(path, error);
  });
  return found.isDirectory() ? openFolder(path) : openZip(path);
}
