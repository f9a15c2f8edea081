import { readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { UserError } from '../text.ts';

/**
 * A file name without the parts in which the two files of a dataset differ: number of axes, element type, compression,
 * case.
 */
const bare = (name: string): string =>
  name
    .toLowerCase()
    .replace(/\.gz$/, '')
    .replace(/[-._]?idx\d+/, '')
    .replace(/[-._](ubyte|byte|short|int|float|double)$/, '')
    .replace(/\.idx$/, '');

/**
 * Finds the labels of IDX images: the file in the same folder whose name has `labels` instead of `images`, with any
 * number of axes, gzipped or not, in any case. Throws UserError if there is none.
 */
export async function labelsBeside(images: string): Promise<string> {
  const wanted = bare(basename(images)).replace('images', 'labels');
  const folder = dirname(images);
  // An unreadable folder is reported when the images are read.
  const names = await readdir(folder).catch(() => []);
  const found = names.filter((name) => bare(name) === wanted);
  // Of several files, the one with the compression of the images.
  const isPacked = (name: string) => /\.gz$/i.test(name);
  const [labels] = found.sort(
    (a, b) => Number(isPacked(b) === isPacked(images)) - Number(isPacked(a) === isPacked(images)),
  );
  if (labels !== undefined) return join(folder, labels);
  const example = basename(images)
    .replace(/images/i, 'labels')
    .replace(/idx\d/i, 'idx1');
  throw new UserError({
    en: `The labels of “${images}” are missing. Put a file such as “${join(folder, example)}” into the same folder; its name is that of the images with “labels” instead of “images”.`,
    zh: `“${images}”缺少标签文件。请将标签文件（如“${join(folder, example)}”）放入同一文件夹，文件名为图像文件名中的“images”替换为“labels”。`,
  });
}
