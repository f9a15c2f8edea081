import { access, constants, readFile } from 'node:fs/promises';
import { basename, dirname, extname } from 'node:path';
import { tryWriting, writeAtomically } from '../engine/atomicWrite.ts';
import { fileError } from '../engine/fileError.ts';
import { explain, reasonOf } from '../engine/fileReason.ts';
import { isSameFile, writeTarget } from '../engine/writeTarget.ts';
import { type Text, UserError } from '../text.ts';
import { type OptionSpec, type Options, UsageError } from './command.ts';

export const forceOption: OptionSpec = {
  type: 'boolean',
  help: { en: 'overwrite an existing file', zh: '覆盖已有的文件' },
};

export interface OutputRules {
  readonly extension: '.netloom' | '.onnx' | '.safetensors' | '.json';
  /** The option that names the path; -o by default. */
  readonly option?: string;
  /** Path of the file that the command reads. */
  readonly input: string;
  readonly options: Options;
  /**
   * True if the existing file with these `bytes` may be overwritten without --force. `isInput`: the command also reads
   * this file.
   */
  mayReplace(isInput: boolean, bytes: Uint8Array): boolean;
}

/**
 * Checks an output path before a long computation: it must be writable, and no file may be overwritten by accident.
 * Throws UserError.
 */
export async function checkOutput(
  path: string,
  { extension, option = '-o', input, options, mayReplace }: OutputRules,
): Promise<void> {
  if (/[\\/]$/.test(path)) throw isFolder(path);
  const { path: target, existing } = await writeTarget(path).catch((error) => {
    throw error instanceof UserError ? error : fileError(path, error);
  });
  if (extname(path).toLowerCase() !== extension) throw wrongExtension(path, extension, option);
  await checkFolder(path, target);
  if (existing === null || existing.size === 0) return;
  try {
    await access(target, constants.W_OK);
  } catch (error) {
    throw fileError(path, error);
  }
  if (options.force === true) return;
  const bytes = await readFile(target).catch((error) => {
    throw fileError(path, error);
  });
  if (!mayReplace(await isSameFile(path, input), bytes)) throw wouldReplace(path);
}

async function checkFolder(path: string, target: string): Promise<void> {
  const folder = dirname(target);
  const isThere = await access(folder).then(
    () => true,
    (error: NodeJS.ErrnoException) => error.code !== 'ENOENT',
  );
  if (!isThere) {
    throw new UserError({
      en: `Cannot write “${basename(target)}”: folder “${folder}” does not exist. Create it, or choose another folder.`,
      zh: `无法写入“${basename(target)}”：文件夹“${folder}”不存在。请创建该文件夹，或换一个文件夹。`,
    });
  }
  try {
    await tryWriting(target);
  } catch (error) {
    const isVirtual = (error as NodeJS.ErrnoException).code === 'ENOENT';
    const reason = isVirtual
      ? { en: 'files cannot be created in the folder', zh: '无法在该文件夹中创建文件' }
      : reasonOf(error);
    throw new UserError({
      en: `“${path}” cannot be written: ${reason.en}. Choose another path.`,
      zh: `无法写入“${path}”：${reason.zh}。请换一个路径。`,
    });
  }
}

const isFolder = (path: string) =>
  new UsageError({
    en: `“${path}” is a folder. Add a file name.`,
    zh: `“${path}”是文件夹。请补充文件名。`,
  });

/** Writes a file completely or not at all. Throws UserError. */
export async function writeOutput(path: string, bytes: Uint8Array | readonly Uint8Array[]): Promise<void> {
  try {
    await writeAtomically(path, bytes);
  } catch (error) {
    throw new UserError(explain(error, (reason) => notWritten(path, reason)));
  }
}

function wrongExtension(path: string, extension: string, option: string): UsageError {
  const suggested = `${basename(path, extname(path))}${extension}`;
  return new UsageError({
    en: `“${path}” must end in ${extension}, the format of the file. For example: ${option} ${suggested}`,
    zh: `“${path}”应以文件格式的扩展名 ${extension} 结尾。例如：${option} ${suggested}`,
  });
}

const notWritten = (path: string, reason: Text): Text => ({
  en: `“${path}” could not be written: ${reason.en}. An existing file is unchanged. Fix the problem, or choose another path.`,
  zh: `无法写入“${path}”：${reason.zh}。原有文件未被更改。请解决此问题，或换一个路径。`,
});

const wouldReplace = (path: string) =>
  new UsageError({
    en: `“${path}” already exists. Choose another name, or add --force to overwrite it.`,
    zh: `“${path}”已存在。请换一个名称，或加 --force 覆盖。`,
  });
