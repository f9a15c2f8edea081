import { access, constants, readFile } from 'node:fs/promises';
import { basename, dirname, extname } from 'node:path';
import { tryWriting, writeAtomically } from '../engine/atomicWrite.ts';
import { explain, reasonOf } from '../engine/fileReason.ts';
import { fileError } from '../engine/files.ts';
import { isSameFile, writeTarget } from '../engine/writeTarget.ts';
import { type Text, UserError } from '../text.ts';
import { type OptionSpec, type Options, UsageError } from './command.ts';

export const forceOption: OptionSpec = {
  type: 'boolean',
  help: { en: 'replace a file that is there already', zh: '覆盖已有的文件' },
};

export interface OutputRules {
  readonly extension: '.netloom' | '.onnx' | '.json';
  /** The option that names the path; -o unless told. */
  readonly option?: string;
  /** The file that is read. */
  readonly input: string;
  readonly options: Options;
  /** True when nothing is lost by replacing the file that is there; `isInput`: it is the one that is read. */
  mayReplace(isInput: boolean, bytes: Uint8Array): boolean;
}

/** Refuses an output path that cannot be written, or holds what would be lost, before any work is done for it. Throws UserError. */
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
      en: `There is no folder '${folder}' to write '${basename(target)}' to. Make it first, or choose another.`,
      zh: `没有可写入“${basename(target)}”的文件夹“${folder}”。请先创建它，或换一个文件夹。`,
    });
  }
  try {
    await tryWriting(target);
  } catch (error) {
    const isVirtual = (error as NodeJS.ErrnoException).code === 'ENOENT';
    const reason = isVirtual ? { en: 'the folder takes no files', zh: '该文件夹不能存放文件' } : reasonOf(error);
    throw new UserError({
      en: `'${path}' cannot be written: ${reason.en}. Choose another place.`,
      zh: `无法写入“${path}”：${reason.zh}。请换一个位置。`,
    });
  }
}

const isFolder = (path: string) =>
  new UsageError({
    en: `'${path}' names a folder. Add the name of a file.`,
    zh: `“${path}”是文件夹。请加上文件名。`,
  });

/** Writes a file whole or not at all; errors are UserErrors. */
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
    en: `'${path}' should end in ${extension}, since that is the format of the file. For example: ${option} ${suggested}`,
    zh: `“${path}”应以 ${extension} 结尾，因为文件是这种格式。例如：${option} ${suggested}`,
  });
}

const notWritten = (path: string, reason: Text): Text => ({
  en: `'${path}' could not be written: ${reason.en}. What was there before is unchanged. Mend that, or name a file elsewhere.`,
  zh: `无法写入“${path}”：${reason.zh}。原有文件没有改变。请解决此问题，或换一个位置。`,
});

const wouldReplace = (path: string) =>
  new UsageError({
    en: `'${path}' is there already and would be replaced. Choose another name, or add --force to replace it.`,
    zh: `“${path}”已存在，将被覆盖。请换一个名称，或加 --force 覆盖。`,
  });
