import { randomBytes } from 'node:crypto';
import { access, constants, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { templates } from '../../templates/index.ts';
import { fileError } from '../engine/files.ts';
import { type Reading, type ReadProject, readProject } from '../graph/file.ts';
import { UserError } from '../text.ts';
import { drawnFrom } from './templateName.ts';

/**
 * What FILE names: a template (`drawnFrom`), or a file. Throws UserError with what to do. What is half read may be looked at,
 * never trained or exported: `reading` is strict unless the caller shows the remarks.
 */
export async function openNetwork(file: string, reading: Reading = 'strict'): Promise<ReadProject> {
  const document = drawnFrom(file);
  if (document !== null) return { document, weights: null, others: {}, remarks: [] };
  let bytes: Uint8Array;
  try {
    bytes = await readFile(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw fileError(file, error);
    const ids = templates.map(({ id }) => id);
    throw new UserError({
      en: `There is no file '${file}', nor a template of that name. Check the path, or name a template: ${ids.join(', ')}.`,
      zh: `既没有文件“${file}”，也没有这个名称的模板。请检查路径，或给出模板名：${ids.join('、')}。`,
    });
  }
  return readProject(bytes, file, reading);
}

/** Refuses an output path that could not be written, before any work is done for it. */
export async function checkOutput(path: string): Promise<void> {
  const found = await stat(path).catch(() => null);
  if (found?.isDirectory()) throw fileError(path, Object.assign(new Error(), { code: 'EISDIR' }));
  const folder = dirname(path);
  try {
    await access(folder, constants.W_OK);
  } catch (error) {
    throw (error as NodeJS.ErrnoException).code === 'ENOENT'
      ? new UserError({
          en: `There is no folder '${folder}' to write '${basename(path)}' to. Make it first, or choose another.`,
          zh: `没有可写入“${basename(path)}”的文件夹“${folder}”。请先创建它，或换一个文件夹。`,
        })
      : fileError(folder, error);
  }
}

/** Writes a file whole or not at all: what was there before stays until the new one is complete. */
export async function writeWhole(path: string, bytes: Uint8Array | readonly Uint8Array[]): Promise<void> {
  const partial = join(dirname(path), `.${basename(path)}.${randomBytes(4).toString('hex')}.tmp`);
  try {
    await writeFile(partial, bytes, { flush: true });
    await rename(partial, path);
  } catch (error) {
    await rm(partial, { force: true });
    throw fileError(path, error);
  }
}
