import { open, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { arrayDataset } from '../../data/arrayDataset.ts';
import { requireCifar } from '../../data/cifar.ts';
import { readCsv } from '../../data/csv.ts';
import type { Dataset } from '../../data/dataset.ts';
import { idxDataset } from '../../data/idxDataset.ts';
import { renumbered } from '../../data/labelForms.ts';
import { isNpy } from '../../data/npy.ts';
import { safetensorsArrays } from '../../data/safetensorsArrays.ts';
import { readTable } from '../../data/table.ts';
import { tableDataset } from '../../data/tableDataset.ts';
import type { DataConfig, ImageConfig } from '../../graph/document.ts';
import { startsLikeSafetensors } from '../../graph/safetensors.ts';
import { UserError } from '../../text.ts';
import { fileError, refuseDevice } from '../fileError.ts';
import { labelsBeside } from '../idxFiles.ts';
import { readBytes } from '../readBytes.ts';
import type { RestOfImages } from './decodeLater.ts';
import { type FileTree, openFolder, openZip } from './fileTree.ts';
import type { ImageReading } from './imageDataset.ts';
import { treeDataset } from './treeDataset.ts';

/** How own data is read. */
export interface Reading extends ImageReading {
  readonly data: Omit<DataConfig, 'source' | 'facts'>;
  /** Size and channels for images where `data` gives none; null: those of the images. */
  readonly image: ImageConfig | null;
}

/**
 * Opens data in a file or folder, recognized by its content: images in class folders or listed in a table, a zip archive of either,
 * IDX, CIFAR, CSV or TSV, NumPy arrays, safetensors. Throws UserError.
 */
export async function openPath(path: string, reading: Reading): Promise<Dataset> {
  const dataset = await read(path, reading);
  return reading.data.labels === 'renumbered' ? renumbered(dataset) : dataset;
}

async function read(path: string, reading: Reading): Promise<Dataset> {
  const found = await stat(path).catch((error: unknown) => {
    throw fileError(path, error);
  });
  await refuseDevice(path);
  if (found.isDirectory()) return fromTree(await openFolder(path), reading);
  if (ZIP.includes(await startOf(path))) return fromTree(await openZip(path), reading);
  return fromFile(path, await readBytes(path), reading);
}

/** First bytes of zip archives: of a file in it, or of the end of an empty one. */
const ZIP = ['PK\x03\x04', 'PK\x05\x06'];

/** The files stay open for what is read later. */
async function fromTree(tree: FileTree, { later, ...reading }: Reading): Promise<Dataset> {
  let rest: RestOfImages | null = null;
  const take = (left: RestOfImages) => {
    rest = { ...left, decode: (steps) => left.decode(steps).finally(() => tree.close()) };
  };
  try {
    return await treeDataset(tree, { ...reading, later: later && take });
  } finally {
    if (rest === null) await tree.close();
    else later?.(rest);
  }
}

async function startOf(path: string): Promise<string> {
  try {
    const handle = await open(path);
    try {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(4), 0, 4, 0);
      return buffer.subarray(0, bytesRead).toString('latin1');
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw fileError(path, error);
  }
}

async function fromFile(path: string, bytes: Uint8Array, reading: Reading): Promise<Dataset> {
  const name = basename(path);
  if (isIdx(bytes)) {
    if (bytes[3] === 1) return read(await imagesBeside(path), reading);
    return idxDataset(path, bytes, await readBytes(await labelsBeside(path)), reading.data);
  }
  if (isNpy(bytes)) return arrayFolder(path, reading);
  if (startsLikeSafetensors(bytes)) return arrayDataset(name, safetensorsArrays(bytes, name));
  if (/\.bin$/i.test(path)) {
    requireCifar(name, bytes.length);
    return fromTree(await openFolder(dirname(path)), reading);
  }
  const other = otherFormat(bytes);
  if (other !== null) throw unknownFormat(name, other);
  return tableDataset(name, readTable(readCsv(bytes, name)), reading.data.table ?? {}, reading.data);
}

/** True for the first bytes of an IDX file: two zeros, an element type, and the number of axes. */
export const isIdx = (bytes: Uint8Array): boolean =>
  bytes[0] === 0 && bytes[1] === 0 && [8, 9, 11, 12, 13, 14].includes(bytes[2] ?? 0) && (bytes[3] ?? 0) > 0;

/** The images beside IDX labels. */
async function imagesBeside(labels: string): Promise<string> {
  const images = join(
    dirname(labels),
    basename(labels)
      .replace(/labels/i, 'images')
      .replace(/idx1/i, 'idx3'),
  );
  const found = images === labels ? null : await stat(images).catch(() => null);
  if (found === null) {
    throw new UserError({
      en: `“${labels}” contains labels, and there are no images beside it. Put both files into one folder, with names such as t10k-images-idx3-ubyte and t10k-labels-idx1-ubyte.`,
      zh: `“${labels}”中是标签，旁边没有图像文件。请将两个文件放在同一文件夹中，并使用 t10k-images-idx3-ubyte 和 t10k-labels-idx1-ubyte 这样的文件名。`,
    });
  }
  return images;
}

/** A single array is one half of a dataset; the other lies beside it. */
async function arrayFolder(path: string, reading: Reading): Promise<Dataset> {
  const tree = await openFolder(dirname(path));
  const arrays = { ...tree, paths: tree.paths.filter((each) => /^[^/]*\.npy$/i.test(each)) };
  return fromTree(arrays, reading);
}

/** A format that is recognized but not read. */
function otherFormat(bytes: Uint8Array): string | null {
  const start = String.fromCharCode(...bytes.subarray(0, 8));
  if (start.startsWith('\x89HDF')) return 'HDF5';
  if (start.startsWith('PAR1')) return 'Parquet';
  if (start.startsWith('%PDF')) return 'PDF';
  if (start.startsWith('\x80')) return 'pickle';
  if (start.startsWith('7z\xbc\xaf')) return '7z';
  if (start.startsWith('Rar!')) return 'RAR';
  if (String.fromCharCode(...bytes.subarray(257, 262)) === 'ustar') return 'tar';
  if (/^(\x89PNG|\xff\xd8\xff|GIF8|BM|RIFF)/.test(start)) return 'image';
  return null;
}

function unknownFormat(name: string, format: string): UserError {
  if (format === 'image') {
    return new UserError({
      en: `“${name}” is a single image. Choose a folder with one folder of images per class.`,
      zh: `“${name}”是单张图像。请选择每个类别一个子文件夹的图像文件夹。`,
    });
  }
  const isArchive = ['tar', '7z', 'RAR'].includes(format);
  return new UserError({
    en: `“${name}” is a ${format} file, which cannot be read. ${isArchive ? 'Unpack it and choose the folder.' : 'Export the data as CSV, NumPy (.npz) or images.'}`,
    zh: `“${name}”是 ${format} 文件，无法读取。${isArchive ? '请解压后选择文件夹。' : '请将数据导出为 CSV、NumPy（.npz）或图像。'}`,
  });
}
