import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { UserError } from '../../text.ts';
import { fileError } from '../fileError.ts';

/** Name of the dataset as a source: Xiao, Rasul and Vollgraf 2017, 60,000 training and 10,000 test images. */
export const FASHION_MNIST = 'fashion-mnist';

/** Names of the classes as in the dataset’s README, by label. */
const CLASSES: readonly string[] = [
  'T-shirt/top',
  'Trouser',
  'Pullover',
  'Dress',
  'Coat',
  'Sandal',
  'Shirt',
  'Sneaker',
  'Bag',
  'Ankle boot',
];

/** SHA-256 of the files of Debian's package dataset-fashion-mnist, which are those of the project. */
const FILES: Readonly<Record<string, string>> = {
  'train-images-idx3-ubyte.gz': 'b0564c3eedabfbf835052cff8503ea422014ce006caf5b757f851416ee8300c7',
  'train-labels-idx1-ubyte.gz': '0ae29f65d86684f32d1b9c85147786c547b9c6aebcaf235f0400a0cce308b056',
  't10k-images-idx3-ubyte.gz': 'cc1d090a38ace84dfa1aa66e3ada7c336ef481a96936906477e6dd344da56eaa',
  't10k-labels-idx1-ubyte.gz': '8d3605d196f4be44669e46906da9733c8131fef761fdbfec72c424d5222f1a05',
};

/** SHA-256 of the unpacked label files, by which the dataset is recognized in any folder. */
const LABELS: readonly string[] = [
  'bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9',
  '0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34',
];

const sum = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** Names of the classes for the bytes of an unpacked label file; null if it is not one of Fashion-MNIST. */
export const fashionClasses = (labels: Uint8Array): readonly string[] | null =>
  LABELS.includes(sum(labels)) ? CLASSES : null;

/** Folders where Debian's package and Keras put the files. */
const usualFolders = (): readonly string[] => [
  '/usr/share/datasets/fashion-mnist',
  join(homedir(), '.keras', 'datasets', 'fashion-mnist'),
];

/**
 * The first folder that has a file of Fashion-MNIST, with all four files checked by SHA-256. Throws UserError where there is none, or
 * where a file is missing or differs.
 */
export async function fashionFolder(folders: readonly string[] = usualFolders()): Promise<string> {
  for (const folder of folders) {
    const found = await Promise.all(Object.keys(FILES).map((name) => exists(join(folder, name))));
    if (!found.includes(true)) continue;
    for (const [name, expected] of Object.entries(FILES)) {
      const path = join(folder, name);
      const bytes = await readFile(path).catch((error: unknown) => {
        throw fileError(path, error);
      });
      if (sum(bytes) !== expected) throw differs(path);
    }
    return folder;
  }
  throw notFound(folders);
}

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );

const differs = (path: string) =>
  new UserError({
    en: `“${path}” is damaged or not a file of Fashion-MNIST: its SHA-256 is not the published one. Download it again. If you want this file as it is, choose its folder as your own data.`,
    zh: `“${path}”已损坏或不是 Fashion-MNIST 的文件：SHA-256 与公布的不符。请重新下载。如需按原样使用，请将其文件夹作为自己的数据选择。`,
  });

const notFound = (folders: readonly string[]) =>
  new UserError({
    en: `The files of Fashion-MNIST are not on this computer; Netloom downloads nothing. Install Debian's package dataset-fashion-mnist, or download the four files (${Object.keys(FILES).join(', ')}) from the project zalandoresearch/fashion-mnist on GitHub, on another computer if this one is offline. Put them into ${folders.at(-1)}, or choose the folder where they are (command line: --data FOLDER).`,
    zh: `本机没有 Fashion-MNIST 的文件，Netloom 不会自行下载。请安装 Debian 软件包 dataset-fashion-mnist，或从 GitHub 项目 zalandoresearch/fashion-mnist 下载四个文件（${Object.keys(FILES).join('、')}）；本机离线时可在另一台计算机上下载。然后将文件放入 ${folders.at(-1)}，或选择文件所在的文件夹（命令行：--data 文件夹）。`,
  });
