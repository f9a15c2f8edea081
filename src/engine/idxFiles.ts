import { readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { UserError } from '../text.ts';

/** A file's name without what the two files of a dataset differ in: number of axes, element type, compression, case. */
const bare = (name: string): string =>
  name
    .toLowerCase()
    .replace(/\.gz$/, '')
    .replace(/[-._]?idx\d+/, '')
    .replace(/[-._](ubyte|byte|short|int|float|double)$/, '')
    .replace(/\.idx$/, '');

/** True when a path may name the images of an IDX dataset. */
export const isImagesName = (path: string): boolean => /images/i.test(basename(path));

/**
 * The labels that lie beside IDX images: the file whose name says `labels` where theirs says `images`, with any number of
 * axes, gzipped or not, in any case. Throws UserError where there is none.
 */
export async function labelsBeside(images: string): Promise<string> {
  const wanted = bare(basename(images)).replace('images', 'labels');
  const folder = dirname(images);
  // A folder that cannot be read is told when the images are.
  const names = await readdir(folder).catch(() => []);
  const found = names.filter((name) => bare(name) === wanted);
  // Of several, the one packed like the images.
  const isPacked = (name: string) => /\.gz$/i.test(name);
  const [labels] = found.sort(
    (a, b) => Number(isPacked(b) === isPacked(images)) - Number(isPacked(a) === isPacked(images)),
  );
  if (labels !== undefined) return join(folder, labels);
  const example = basename(images)
    .replace(/images/i, 'labels')
    .replace(/idx\d/i, 'idx1');
  throw new UserError({
    en: `There is no file of labels beside '${images}', for example '${join(folder, example)}'. Put it there: its name is that of the images with 'labels' in place of 'images'.`,
    zh: `“${images}”旁边没有标签文件，例如“${join(folder, example)}”。请把它放在那里：文件名为图像文件名中的“images”换成“labels”。`,
  });
}
