import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import type { Dataset, Field } from '../data/dataset.ts';
import { type DataLayout, idxDataset } from '../data/idxDataset.ts';
import { toySet, toySets } from '../data/toys.ts';
import { nearest } from '../nearest.ts';
import { UserError } from '../text.ts';
import { reasonOf } from './fileReason.ts';
import { isImagesName, labelsBeside } from './idxFiles.ts';

/** Paths of the built files that the engine needs. */
export interface EngineFiles {
  /** Folder of the embedded datasets. */
  readonly data: string;
  /** The script of the thread that prepares batches. */
  readonly batches: string;
  /** The script of the engine as a thread. */
  readonly worker: string;
}

/**
 * Paths for an entry point of the build, which is in the folder of `batches.js`, `out/main`. Pass `import.meta.url`.
 */
export const filesBeside = (entry: string): EngineFiles => ({
  data: fileURLToPath(new URL('../data', entry)),
  batches: fileURLToPath(new URL('./batches.js', entry)),
  worker: fileURLToPath(new URL('./worker.js', entry)),
});

/** Embedded datasets, by their name in `data.source`. */
const EMBEDDED: Readonly<Record<string, readonly [images: string, labels: string]>> = {
  mnist: ['mnist-images-idx3-ubyte.gz', 'mnist-labels-idx1-ubyte.gz'],
};

/** Names of all datasets that need no file. */
export const embeddedData: readonly string[] = [...Object.keys(EMBEDDED), ...toySets];

/**
 * Opens a dataset: an embedded or generated one by name, or an IDX file of images by path (`…images…`, may be gzipped),
 * with its labels in the same folder. The values are in shared memory, so that another thread reads them without a
 * copy. Throws UserError.
 */
export async function openDataset(source: string, files: EngineFiles, layout: DataLayout = {}): Promise<Dataset> {
  const generated = toySet(source);
  if (generated !== null) return shared(generated);
  const embedded = Object.hasOwn(EMBEDDED, source) ? EMBEDDED[source] : undefined;
  if (embedded === undefined) return shared(await openIdx(source, layout));
  const [images, labels] = embedded.map((file) => join(files.data, file)) as [string, string];
  return shared(idxDataset(source, await readBytes(images), await readBytes(labels)));
}

async function openIdx(images: string, layout: DataLayout): Promise<Dataset> {
  const found = await stat(images).catch(() => null);
  if (found?.isDirectory()) throw folderOfData(images);
  if (!isImagesName(images)) throw unknownData(images, found !== null);
  const pixels = await readBytes(images);
  return idxDataset(images, pixels, await readBytes(await labelsBeside(images)), layout);
}

const folderOfData = (path: string) =>
  new UserError({
    en: `“${path}” is a folder, and datasets in folders are not supported yet. Use ${embeddedData.join(', ')}, or the path of an IDX file of images.`,
    zh: `“${path}”是文件夹，目前不支持文件夹形式的数据集。请使用 ${embeddedData.join('、')}，或 IDX 图像文件的路径。`,
  });

function unknownData(source: string, isThere: boolean): UserError {
  const near = nearest(source, embeddedData);
  const meant = near.length === 0 ? { en: '', zh: '' } : { en: ` Did you mean ${near[0]}?`, zh: `是否指 ${near[0]}？` };
  const found = isThere
    ? { en: `The name of file “${source}” does not contain “images”`, zh: `文件“${source}”的名称不含“images”` }
    : { en: `There is no dataset or file “${source}”`, zh: `没有数据集或文件“${source}”` };
  return new UserError({
    en: `${found.en}.${meant.en} Use ${embeddedData.join(', ')}, or the path of an IDX file of images whose name contains “images” (the labels in the same folder: “labels”).`,
    zh: `${found.zh}。${meant.zh}请使用 ${embeddedData.join('、')}，或文件名含“images”的 IDX 图像文件路径（标签文件在同一文件夹，文件名含“labels”）。`,
  });
}

function shared(data: Dataset): Dataset {
  const move = (field: Field): Field => {
    const bytes = new Uint8Array(new SharedArrayBuffer(field.data.byteLength));
    bytes.set(new Uint8Array(field.data.buffer, field.data.byteOffset, field.data.byteLength));
    if (field.kind === 'numbers') return { ...field, data: new Float32Array(bytes.buffer) };
    return { ...field, data: bytes };
  };
  return { ...data, inputs: data.inputs.map(move), targets: data.targets.map(move) };
}

/**
 * Limits on the unpacked size of a gzip file: in bytes, and relative to its size. Images become about five times
 * larger.
 */
const LEAST_UNPACKED = 64 * 2 ** 20;
const MOST_UNPACKED = 2 ** 30;
const MOST_TIMES = 100;

const tooLargeUnpacked = (path: string): UserError =>
  new UserError({
    en: `“${path}” unpacks to a much larger size than usual. If this is intended, unpack it (gunzip) and use the unpacked file.`,
    zh: `“${path}”解压后远大于正常数据。如确实如此，请先解压（gunzip），再使用解压后的文件。`,
  });

/** Reads a file, and decompresses it if it is gzipped. Throws UserError. */
export async function readBytes(path: string): Promise<Uint8Array> {
  let bytes: Uint8Array;
  try {
    await refuseDevice(path);
    bytes = await readFile(path);
  } catch (error) {
    throw error instanceof UserError ? error : fileError(path, error);
  }
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  const limit = Math.max(LEAST_UNPACKED, MOST_TIMES * bytes.length);
  try {
    return gunzipSync(bytes, { maxOutputLength: Math.min(limit, MOST_UNPACKED) });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw tooLargeUnpacked(path);
    throw new UserError({
      en: `“${path}” is a damaged or incomplete gzip file. Download it again.`,
      zh: `“${path}”是损坏或不完整的 gzip 文件。请重新下载。`,
    });
  }
}

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
      en: `There is no file “${path}”. Check the name and the folder.`,
      zh: `找不到文件“${path}”。请检查文件名和文件夹。`,
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
