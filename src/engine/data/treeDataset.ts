import { arrayDataset } from '../../data/arrayDataset.ts';
import { cifarClasses, cifarDataset } from '../../data/cifar.ts';
import { readCsv } from '../../data/csv.ts';
import { type Dataset, joinParts, PARTS, type Part, type UnreadableFile } from '../../data/dataset.ts';
import { idxDataset } from '../../data/idxDataset.ts';
import { withColumns } from '../../data/imageColumns.ts';
import { type ImageListing, isImageName, listByTable, listClassFolders } from '../../data/imageFolder.ts';
import { isCifar10, knownSet } from '../../data/knownSets.ts';
import { classCounts } from '../../data/labelForms.ts';
import { type NpyArray, readNpy } from '../../data/npy.ts';
import { readTable } from '../../data/table.ts';
import { tableDataset } from '../../data/tableDataset.ts';
import { sizeText } from '../../sizeText.ts';
import { type Text, UserError } from '../../text.ts';
import { unpacked } from '../readBytes.ts';
import type { FileTree } from './fileTree.ts';
import { imageDataset } from './imageDataset.ts';
import { fashionClasses } from './knownFolder.ts';
import type { Reading } from './openPath.ts';

/** Opens the data in a folder or an archive, recognized by its files. Throws UserError. */
export async function treeDataset(tree: FileTree, reading: Reading): Promise<Dataset> {
  const data = await recognized(tree, reading);
  const unreadable = [...tree.unreadable, ...(data.unreadable ?? [])];
  return unreadable.length === 0 ? data : { ...data, unreadable };
}

async function recognized(tree: FileTree, reading: Reading): Promise<Dataset> {
  const files = new Map(tree.paths.map((path) => [path.replace(/^.*\//, ''), path]));
  const isNamed = (pattern: RegExp) => [...files].filter(([base]) => pattern.test(base)).map(([, path]) => path);
  const arrays = isNamed(/\.npy$/i);
  if (arrays.length > 0 && arrays.length === tree.paths.length) return arraysOf(tree, arrays);
  const images = tree.paths.filter(isImageName);
  if (images.length > 0) {
    const { data, image } = reading;
    const listing = await listingOf(tree, data.table?.target);
    return withColumns(await imageDataset(tree, listing, data.image ?? image, reading), listing, data);
  }
  return (
    (await cifarIn(tree, isNamed(/\.bin$/i))) ??
    (await idxIn(tree, isNamed(/images/i), isNamed(/labels/i), reading)) ??
    (arrays.length > 0 ? await arraysOf(tree, arrays) : null) ??
    (await tableIn(tree, isNamed(/\.(csv|tsv|txt)$/i), reading)) ??
    nothingIn(tree.name)
  );
}

/** Bytes of the files that are held in memory at the same time. */
const MOST_HELD = 4e9;

/** Throws UserError where the files together are larger than what is held in memory. */
async function requireRoom(tree: FileTree, paths: readonly string[]): Promise<void> {
  const sizes = await Promise.all(paths.map((path) => tree.size(path).catch(() => 0)));
  const bytes = sizes.reduce((sum, size) => sum + size, 0);
  if (bytes > MOST_HELD) throw tooMuch(tree.name, paths.length, bytes);
}

async function arraysOf(tree: FileTree, paths: readonly string[]): Promise<Dataset> {
  await requireRoom(tree, paths);
  const arrays: (readonly [string, NpyArray])[] = [];
  for (const path of paths) arrays.push([path.replace(/^.*\/|\.npy$/gi, ''), readNpy(await tree.read(path), path)]);
  return arrayDataset(tree.name, new Map(arrays));
}

/** Tables that may list images. */
const MOST_TABLES = 8;

/** Class folders, or the table that names the images where there is one class folder at most. */
async function listingOf(tree: FileTree, target: string | undefined): Promise<ImageListing> {
  let refused: unknown = null;
  try {
    const listing = listClassFolders(tree.paths, tree.name);
    if (listing.classes.length > 1) return listing;
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    refused = error;
  }
  for (const path of tree.paths.filter((each) => /\.(csv|tsv|txt)$/i.test(each)).slice(0, MOST_TABLES)) {
    const table = await tree
      .read(path)
      .then((bytes) => readCsv(bytes, path))
      .catch(() => null);
    const listing = table === null ? null : listByTable(tree.paths, table, tree.name, target);
    if (listing !== null) return listing;
  }
  throw refused ?? oneClass(tree.name);
}

const NOT_CIFAR: Text = {
  en: 'not a whole number of CIFAR records of 3,073 or 3,074 bytes',
  zh: '不是 3,073 或 3,074 字节的 CIFAR 记录的整数倍',
};
const NO_LABELS: Text = { en: 'no labels beside it', zh: '旁边没有标签文件' };

async function cifarIn(tree: FileTree, paths: readonly string[]): Promise<Dataset | null> {
  const sizes = await Promise.all(paths.map((path) => tree.size(path)));
  const found = paths.filter((_, at) => cifarClasses(sizes[at] ?? 0) !== null);
  if (found.length === 0) return null;
  const unreadable = paths.filter((path) => !found.includes(path)).map((file) => ({ file, reason: NOT_CIFAR }));
  await requireRoom(tree, found);
  const files = await Promise.all(
    found.map(async (path) => ({
      name: path,
      bytes: await tree.read(path),
      part: /test/i.test(path) ? ('test' as const) : ('train' as const),
    })),
  );
  files.sort((a, b) => PARTS[a.part] - PARTS[b.part]);
  const meta = tree.paths.find((path) => /(batches\.meta|fine_label_names)\.txt$/i.test(path));
  const names =
    meta === undefined
      ? null
      : new TextDecoder()
          .decode(await tree.read(meta))
          .trim()
          .split(/\s+/);
  const dataset = cifarDataset(tree.name, files, names);
  return { ...(names === null ? withCifarNames(dataset) : dataset), unreadable };
}

async function idxIn(
  tree: FileTree,
  images: readonly string[],
  labels: readonly string[],
  { data }: Reading,
): Promise<Dataset | null> {
  const pieces: { part: Part; dataset: Dataset }[] = [];
  const unreadable: UnreadableFile[] = [];
  await requireRoom(tree, [...images, ...labels]);
  let names: readonly string[] | null = null;
  for (const path of images) {
    const stem = path
      .replace(/\.gz$/i, '')
      .replace(/images/i, 'labels')
      .replace(/idx\d/i, 'idx1');
    const partner = labels.find((each) => each.replace(/\.gz$/i, '') === stem);
    if (partner === undefined) {
      unreadable.push({ file: path, reason: NO_LABELS });
      continue;
    }
    const [pixels, answers] = await Promise.all([tree.read(path), tree.read(partner)]);
    const part = /t10k|test/i.test(path) ? 'test' : 'train';
    const labelBytes = unpacked(answers, partner);
    const dataset = idxDataset(path, unpacked(pixels, path), labelBytes, data);
    names ??= fashionClasses(labelBytes);
    // The same file may lie there packed and unpacked.
    if (!pieces.some((piece) => piece.part === part)) pieces.push({ part, dataset });
  }
  const [first] = pieces;
  if (first === undefined) return null;
  const shape = first.dataset.inputs[0]?.shape.join();
  if (pieces.some(({ dataset }) => dataset.inputs[0]?.shape.join() !== shape)) throw differentSizes(tree.name);
  const dataset =
    pieces.length === 1
      ? { ...first.dataset, name: tree.name }
      : joinParts(
          tree.name,
          pieces.toSorted((a, b) => PARTS[a.part] - PARTS[b.part]),
        );
  return { ...(names === null ? dataset : withClassNames(dataset, names)), unreadable };
}

/** The whole of CIFAR-10 without its list of names is recognized by the number of images of every class. */
function withCifarNames(dataset: Dataset): Dataset {
  const [target] = dataset.targets;
  const names = knownSet('cifar-10')?.classes;
  if (target?.kind !== 'classes' || names === undefined) return dataset;
  const count = (part: Part) => {
    const labels = target.data.filter((_, at) => dataset.parts?.[at] === PARTS[part]);
    return classCounts({ ...target, data: labels });
  };
  return isCifar10({ train: count('train'), test: count('test') }) ? withClassNames(dataset, names) : dataset;
}

/** The names are kept only where there is one for every class. */
const withClassNames = (dataset: Dataset, names: readonly string[]): Dataset => ({
  ...dataset,
  targets: dataset.targets.map((field) =>
    field.kind === 'classes' && field.classes === names.length ? { ...field, names } : field,
  ),
});

async function tableIn(tree: FileTree, paths: readonly string[], { data }: Reading): Promise<Dataset | null> {
  const [path] = paths.length === 1 ? paths : paths.filter((each) => /(^|\/)train[^/]*$/i.test(each));
  if (path === undefined) {
    if (paths.length > 1) throw severalTables(tree.name, paths);
    return null;
  }
  return tableDataset(path, readTable(readCsv(await tree.read(path), path)), data.table ?? {}, data);
}

function nothingIn(name: string): never {
  throw new UserError({
    en: `“${name}” contains no data that can be read. Choose a folder with one folder of images per class, or a CSV, IDX, CIFAR, NumPy or safetensors file.`,
    zh: `“${name}”中没有可读取的数据。请选择每个类别一个子文件夹的图像文件夹，或 CSV、IDX、CIFAR、NumPy、safetensors 文件。`,
  });
}

const oneClass = (name: string) =>
  new UserError({
    en: `All images in “${name}” are in one class folder. Choose the folder around the class folders; classification needs at least two.`,
    zh: `“${name}”中的图像都在同一个类别文件夹中。请选择包含各类别文件夹的上级文件夹；分类至少需要两个类别。`,
  });

const differentSizes = (name: string) =>
  new UserError({
    en: `Training and test images in “${name}” have different sizes. Choose one of the files instead of the folder.`,
    zh: `“${name}”中训练图像和测试图像的大小不同。请选择其中一个文件，而不是文件夹。`,
  });

const tooMuch = (name: string, files: number, bytes: number) =>
  new UserError({
    en: `The ${files} files of “${name}” have ${sizeText(bytes)} together; at most ${sizeText(MOST_HELD)} are held in memory. Choose a part of them.`,
    zh: `“${name}”的 ${files} 个文件共 ${sizeText(bytes)}，内存上限为 ${sizeText(MOST_HELD)}。请只选择其中一部分。`,
  });

const severalTables = (name: string, paths: readonly string[]) =>
  new UserError({
    en: `“${name}” contains several tables: ${paths.slice(0, 5).join(', ')}. Choose one of them.`,
    zh: `“${name}”中有多个表格：${paths.slice(0, 5).join('、')}。请选择其中一个。`,
  });
