import { type Text, UserError } from '../text.ts';
import type { TextTable } from './csv.ts';
import { PARTS, type Part, type UnreadableFile } from './dataset.ts';
import { fileFinder } from './fileFinder.ts';
import { tooManyClasses } from './labelForms.ts';
import { MOST_CLASSES } from './labels.ts';
import { partNamed } from './partNames.ts';
import { byCodePoint } from './table.ts';

/** An image file of a dataset. */
export interface ImageEntry {
  /** Path below the folder, with `/` between its names. */
  readonly path: string;
  /** Place in the list of classes. */
  readonly label: number;
  readonly part: Part | null;
  /** Cells of `ImageListing.columns`. */
  readonly cells?: readonly string[];
}

/** Image files with their classes, in order of path within each class. */
export interface ImageListing {
  /** Column with the classes, in a table that names the images. */
  readonly label?: string;
  /** The other columns of that table, but for the file. */
  readonly columns?: readonly string[];
  readonly delimiter?: string;
  readonly classes: readonly string[];
  readonly entries: readonly ImageEntry[];
  /** Rows of the table without an image or a class. */
  readonly unusable?: readonly UnreadableFile[];
}

const IMAGE = /\.(png|jpe?g|jpe|jfif|webp|bmp|dib|gif|tiff?|ppm|pgm|pbm|pnm|heic|heif|avif|jxl|jp2)$/i;

/** True for names that image files have, also those of formats that are not read. */
export const isImageName = (path: string): boolean => IMAGE.test(path);

/** Files of the system and of archivers, which belong to no dataset. */
const isHidden = (path: string): boolean =>
  path
    .split('/')
    .some((name) => name.startsWith('.') || name === '__MACOSX' || /^(thumbs\.db|desktop\.ini)$/i.test(name));

/** Without the folders that all paths begin with: archives often hold a folder of their own name. */
function withoutCommonFolder(paths: readonly string[]): readonly { readonly path: string; readonly names: string[] }[] {
  let split = paths.map((path) => ({ path, names: path.split('/') }));
  for (;;) {
    const [top] = split[0]?.names ?? [];
    const isCommon = split.length > 0 && split.every(({ names }) => names.length > 2 && names[0] === top);
    if (!isCommon || partNamed(top) !== null) return split;
    split = split.map(({ path, names }) => ({ path, names: names.slice(1) }));
  }
}

/**
 * Image files in class folders, as torchvision's ImageFolder reads them: the name of the folder is the class, classes are in order of
 * code points, and files may lie deeper. Folders `train`, `val` (`valid`, `validation`) and `test` around the class folders are parts.
 * `paths` are files of any kind, below the folder. Throws UserError where there are no images or no class folders.
 */
export function listClassFolders(paths: readonly string[], name: string): ImageListing {
  const images = withoutCommonFolder(paths.filter((path) => isImageName(path) && !isHidden(path)));
  if (images.length === 0) throw noImages(name);
  const inParts = images.every(({ names }) => names.length > 1 && partNamed(names[0]) !== null);
  const placed = images.map(({ path, names }) => ({
    path,
    part: inParts ? partNamed(names[0]) : null,
    names: inParts ? names.slice(1) : names,
  }));
  const loose = placed.filter(({ names }) => names.length < 2);
  if (loose.length === placed.length) throw noClasses(name, placed.length);
  const inFolders = placed.filter(({ names }) => names.length > 1);
  return labeled(
    name,
    inFolders.map(({ path, part, names }) => ({ path, part, word: names[0] as string })),
  );
}

/**
 * Image files named in a table: one column holds file names (as `fileFinder` finds them), the other the class (`target`, or the one
 * with a usual name); a column of `train`, `val` and `test` is the part. Rows that name no image or no class are listed as unusable.
 * Null where no column names the files.
 */
export function listByTable(
  paths: readonly string[],
  table: TextTable,
  name: string,
  target?: string | undefined,
): ImageListing | null {
  const images = paths.filter((path) => isImageName(path) && !isHidden(path));
  const find = fileFinder(images);
  const cells = (at: number) => table.rows.map((row) => row[at] ?? '');
  const found = (at: number) => cells(at).filter((cell) => find(cell).length > 0).length;
  const columns = table.columns.map((column, at) => ({ column, at, found: found(at) }));
  const files = columns.toSorted((a, b) => b.found - a.found)[0];
  if (files === undefined || files.found === 0 || 2 * files.found < table.rows.length) return null;
  const rest = columns.filter(({ at }) => at !== files.at);
  const parts = rest.find(({ at }) => cells(at).every((cell) => partNamed(cell) !== null));
  const others = rest.filter(({ at }) => at !== parts?.at);
  const labels =
    others.find(({ column }) => column === target) ??
    others.find(({ column }) => /^(label|class|category|target|y)s?$/i.test(column)) ??
    others[0];
  if (labels === undefined) return null;
  const further = rest.filter(({ at }) => at !== labels.at);
  const unusable = new Map<string, Text>();
  const worded = table.rows.flatMap((row) => {
    const [written, word] = [row[files.at] ?? '', row[labels.at] ?? ''];
    const [place, another] = find(written);
    const reason = unusableReason(place, another, word);
    if (reason !== null) unusable.set(written, reason);
    if (reason !== null || place === undefined) return [];
    const part = parts === undefined ? null : partNamed(row[parts.at]);
    return [{ path: images[place] as string, word, part, cells: further.map((column) => row[column.at] ?? '') }];
  });
  return {
    ...labeled(name, worded),
    label: labels.column,
    columns: further.map(({ column }) => column),
    delimiter: table.delimiter,
    unusable: [...unusable].map(([file, reason]) => ({ file, reason })),
  };
}

const NOT_THERE: Text = {
  en: 'the table names it, but the dataset has no such image',
  zh: '表格中有此文件名，但数据集中没有该图像',
};
const SEVERAL: Text = {
  en: 'several images have this name; write the path into the table',
  zh: '有多张图像使用此文件名；请在表格中写出路径',
};
const NO_CLASS: Text = { en: 'the table gives it no class', zh: '表格中没有给出类别' };

function unusableReason(place: number | undefined, another: number | undefined, word: string): Text | null {
  if (place === undefined) return NOT_THERE;
  if (another !== undefined) return SEVERAL;
  return word === '' ? NO_CLASS : null;
}

interface WordedImage {
  readonly path: string;
  readonly word: string;
  readonly part: Part | null;
  readonly cells?: readonly string[];
}

/** Numbers as words are in order of their values. */
const byValue = (words: readonly string[]) =>
  words.every((word) => /^\d+$/.test(word)) ? (a: string, b: string) => Number(a) - Number(b) : byCodePoint;

function labeled(name: string, images: readonly WordedImage[]): ImageListing {
  const words = [...new Set(images.map(({ word }) => word))];
  const classes = words.sort(byValue(words));
  if (classes.length > MOST_CLASSES) {
    throw tooManyClasses({ en: `“${name}”`, zh: `“${name}”` }, classes.length, {
      en: 'Choose a folder with fewer class folders.',
      zh: '请选择类别子文件夹较少的文件夹。',
    });
  }
  const labels = new Map(classes.map((word, label) => [word, label]));
  const order = (image: WordedImage) => PARTS[image.part ?? 'train'];
  const entries = images
    .toSorted(
      (a, b) =>
        order(a) - order(b) || (labels.get(a.word) ?? 0) - (labels.get(b.word) ?? 0) || byCodePoint(a.path, b.path),
    )
    .map(({ word, ...rest }) => ({ ...rest, label: labels.get(word) as number }));
  return { classes, entries };
}

const noImages = (name: string) =>
  new UserError({
    en: `“${name}” contains no images. Choose a folder with one folder of images per class (PNG, JPEG, WebP, BMP or GIF).`,
    zh: `“${name}”中没有图像。请选择每个类别一个子文件夹的图像文件夹（PNG、JPEG、WebP、BMP 或 GIF）。`,
  });

const noClasses = (name: string, images: number) =>
  new UserError({
    en: `The ${images} images in “${name}” have no classes. Put the images of each class into a folder of its own, or add a CSV file with columns file and label.`,
    zh: `“${name}”中的 ${images} 张图像没有类别。请将每个类别的图像放入各自的子文件夹，或添加含 file 和 label 两列的 CSV 文件。`,
  });
