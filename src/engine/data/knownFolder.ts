import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { isCifar10, type KnownFile, type KnownSet, knownSets } from '../../data/knownSets.ts';
import { UserError } from '../../text.ts';
import { fileError } from '../fileError.ts';

/** SHA-256 of the unpacked label files of Fashion-MNIST, by which the dataset is recognized in any folder. */
const FASHION_LABELS: readonly string[] = [
  'bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9',
  '0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34',
];

/** Names of the classes for the bytes of an unpacked label file; null if it is not one of Fashion-MNIST. */
export const fashionClasses = (labels: Uint8Array): readonly string[] | null =>
  FASHION_LABELS.includes(createHash('sha256').update(labels).digest('hex'))
    ? (knownSets.find(({ name }) => name === 'fashion-mnist')?.classes ?? null)
    : null;

/** Folders where a package, Keras and browsers put the files. */
export const usualFolders = ({ folder }: KnownSet): readonly string[] => [
  join('/usr/share/datasets', folder),
  join(homedir(), '.keras', 'datasets', folder),
  join(homedir(), 'Downloads', folder),
];

/**
 * The first of the folders that has a file of the dataset, with all files checked. Throws UserError where there is none, or where a
 * file is missing, cut off or differs.
 */
export async function knownFolder(set: KnownSet, folders: readonly string[] = usualFolders(set)): Promise<string> {
  for (const folder of folders.flatMap((each) => [each, join(each, set.folder)])) {
    const found = await Promise.all(set.files.map(({ name }) => sizeOf(join(folder, name))));
    if (found.every((size) => size === null)) continue;
    for (const [at, file] of set.files.entries())
      await checkFile(set, file, join(folder, file.name), found[at] ?? null);
    if (set.archive !== undefined) await checkLabels(set, folder);
    return folder;
  }
  for (const folder of folders) await refuseOther(set, folder);
  throw notFound(set, folders);
}

const sizeOf = (path: string): Promise<number | null> =>
  stat(path).then(
    ({ size }) => size,
    () => null,
  );

async function checkFile(
  set: KnownSet,
  { bytes, sha256 }: KnownFile,
  path: string,
  size: number | null,
): Promise<void> {
  if (size === null) throw missing(set, path);
  // The sum decides where there is one.
  if (sha256 === undefined ? size === bytes : (await digest(path, 'sha256')) === sha256) return;
  throw size === bytes ? differs(set, path) : otherSize(set, path, size, bytes);
}

async function digest(path: string, algorithm: 'sha256' | 'md5'): Promise<string> {
  const hash = createHash(algorithm);
  try {
    for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  } catch (error) {
    throw fileError(path, error);
  }
  return hash.digest('hex');
}

/** No sum of the single files of CIFAR-10 is published: every class has to have its number of images. */
async function checkLabels(set: KnownSet, folder: string): Promise<void> {
  const counts = { train: new Array<number>(10).fill(0), test: new Array<number>(10).fill(0) };
  const record = (set.files[0]?.bytes ?? 0) / 10_000;
  for (const { name } of set.files) {
    const path = join(folder, name);
    const part = name.startsWith('test') ? counts.test : counts.train;
    let [at, next] = [0, 0];
    try {
      for await (const chunk of createReadStream(path)) {
        const { length } = chunk as Buffer;
        for (; next < at + length; next += record) {
          const label = (chunk as Buffer)[next - at] as number;
          if (label >= part.length) throw differs(set, path);
          part[label] = (part[label] as number) + 1;
        }
        at += length;
      }
    } catch (error) {
      throw error instanceof UserError ? error : fileError(path, error);
    }
  }
  if (!isCifar10(counts)) throw differs(set, folder);
}

/** Says more where a folder has the packed archive, or the version of the dataset for Python. */
async function refuseOther(set: KnownSet, folder: string): Promise<void> {
  const { archive } = set;
  if (archive === undefined) return;
  for (const place of [folder, dirname(folder)]) {
    const names = await readdir(place).catch((): string[] => []);
    if (names.includes(archive.name)) {
      const path = join(place, archive.name);
      const isWhole = (await sizeOf(path)) === archive.bytes && (await digest(path, 'md5')) === archive.md5;
      throw isWhole ? packed(set, path) : differs(set, path);
    }
    const isPython = names.some((name) => /^(cifar-10-batches-py|cifar-10-python\.tar\.gz|data_batch_1)$/.test(name));
    if (isPython) throw pythonVersion(set, place);
  }
}

const missing = ({ title }: KnownSet, path: string) =>
  new UserError({
    en: `The file “${path}” of ${title} is missing. Put all its files into this folder.`,
    zh: `缺少 ${title} 的文件“${path}”。请将其全部文件放入此文件夹。`,
  });

const otherSize = ({ title }: KnownSet, path: string, size: number, bytes: number) =>
  new UserError({
    en: `“${path}” has ${size.toLocaleString('en')} bytes; the file of ${title} has ${bytes.toLocaleString('en')}. Download it again. If you want this file as it is, choose its folder as your own data.`,
    zh: `“${path}”有 ${size.toLocaleString('en')} 字节，而 ${title} 的文件有 ${bytes.toLocaleString('en')} 字节。请重新下载。如需按原样使用，请将其文件夹作为自己的数据选择。`,
  });

const differs = ({ title }: KnownSet, path: string) =>
  new UserError({
    en: `“${path}” is damaged or not of ${title}: its contents are not the published ones. Download it again. If you want it as it is, choose its folder as your own data.`,
    zh: `“${path}”已损坏或不属于 ${title}：内容与公布的不符。请重新下载。如需按原样使用，请将其文件夹作为自己的数据选择。`,
  });

const packed = ({ title, folder }: KnownSet, path: string) =>
  new UserError({
    en: `“${path}” is the whole archive of ${title} (its MD5 is the published one), still packed. Unpack it: tar -xzf ${path}. Then choose the folder ${folder}.`,
    zh: `“${path}”是完整的 ${title} 压缩包（MD5 与公布的一致），尚未解压。请解压：tar -xzf ${path}，然后选择文件夹 ${folder}。`,
  });

const pythonVersion = ({ title }: KnownSet, folder: string) =>
  new UserError({
    en: `“${folder}” has the Python version of ${title}, which cannot be read. Download the binary version.`,
    zh: `“${folder}”中是 ${title} 的 Python 版本，无法读取。请下载二进制版本（binary version）。`,
  });

const notFound = (set: KnownSet, folders: readonly string[]) =>
  new UserError({
    en: `The files of ${set.title} are not on this computer; Netloom downloads nothing. ${set.origin.en} If this computer is offline, download on another one and copy the files. Put them into ${folders.at(-1)}, or choose the folder where they are (command line: --data FOLDER).`,
    zh: `本机没有 ${set.title} 的文件，Netloom 不会自行下载。${set.origin.zh} 本机离线时可在另一台计算机上下载后复制过来。将文件放入 ${folders.at(-1)}，或选择文件所在的文件夹（命令行：--data 文件夹）。`,
  });
