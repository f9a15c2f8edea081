import type { Text } from '../text.ts';

/** A file of a published dataset. */
export interface KnownFile {
  readonly name: string;
  readonly bytes: number;
  /** Absent where none is published: the contents are checked. */
  readonly sha256?: string;
}

/** A published dataset that the user downloads; Netloom finds and checks its files. */
export interface KnownSet {
  /** Name as a source. */
  readonly name: string;
  readonly title: string;
  /** Names of the classes, by label. */
  readonly classes: readonly string[];
  readonly files: readonly KnownFile[];
  /** Name of the folder of the files. */
  readonly folder: string;
  /** Where the files are published. */
  readonly origin: Text;
  /** The published archive of the files, where they come in one. */
  readonly archive?: { readonly name: string; readonly bytes: number; readonly md5: string };
}

/** Xiao, Rasul and Vollgraf 2017: 60,000 training and 10,000 test images. Sums of the files of Debian's package, which are those of the project. */
const fashionMnist: KnownSet = {
  name: 'fashion-mnist',
  title: 'Fashion-MNIST',
  // From the README of the dataset.
  classes: ['T-shirt/top', 'Trouser', 'Pullover', 'Dress', 'Coat', 'Sandal', 'Shirt', 'Sneaker', 'Bag', 'Ankle boot'],
  folder: 'fashion-mnist',
  files: [
    {
      name: 'train-images-idx3-ubyte.gz',
      bytes: 26_421_880,
      sha256: 'b0564c3eedabfbf835052cff8503ea422014ce006caf5b757f851416ee8300c7',
    },
    {
      name: 'train-labels-idx1-ubyte.gz',
      bytes: 29_515,
      sha256: '0ae29f65d86684f32d1b9c85147786c547b9c6aebcaf235f0400a0cce308b056',
    },
    {
      name: 't10k-images-idx3-ubyte.gz',
      bytes: 4_422_102,
      sha256: 'cc1d090a38ace84dfa1aa66e3ada7c336ef481a96936906477e6dd344da56eaa',
    },
    {
      name: 't10k-labels-idx1-ubyte.gz',
      bytes: 5148,
      sha256: '8d3605d196f4be44669e46906da9733c8131fef761fdbfec72c424d5222f1a05',
    },
  ],
  origin: {
    en: "Install Debian's package dataset-fashion-mnist, or download the four files from the project zalandoresearch/fashion-mnist on GitHub.",
    zh: '请安装 Debian 软件包 dataset-fashion-mnist，或从 GitHub 项目 zalandoresearch/fashion-mnist 下载这四个文件。',
  },
};

/** Bytes of a file of CIFAR-10: 10,000 records of a label and 3×32×32 pixels. */
const CIFAR_BATCH = 10_000 * (1 + 3 * 32 * 32);

/** Krizhevsky 2009, binary version: five files of 10,000 training images and one of 10,000 test images. */
const cifar10: KnownSet = {
  name: 'cifar-10',
  title: 'CIFAR-10',
  // From batches.meta.txt of the dataset.
  classes: ['airplane', 'automobile', 'bird', 'cat', 'deer', 'dog', 'frog', 'horse', 'ship', 'truck'],
  folder: 'cifar-10-batches-bin',
  files: ['data_batch_1', 'data_batch_2', 'data_batch_3', 'data_batch_4', 'data_batch_5', 'test_batch'].map((name) => ({
    name: `${name}.bin`,
    bytes: CIFAR_BATCH,
  })),
  archive: { name: 'cifar-10-binary.tar.gz', bytes: 170_052_171, md5: 'c32a1d4ab5d03f1284b67883e8d87530' },
  origin: {
    en: "Download “CIFAR-10 binary version” from Alex Krizhevsky's page on CIFAR at the University of Toronto (www.cs.toronto.edu/~kriz/cifar.html), and unpack it (tar -xzf cifar-10-binary.tar.gz).",
    zh: '请从多伦多大学 Alex Krizhevsky 的 CIFAR 网页（www.cs.toronto.edu/~kriz/cifar.html）下载“CIFAR-10 binary version”，然后解压（tar -xzf cifar-10-binary.tar.gz）。',
  },
};

export const knownSets: readonly KnownSet[] = [fashionMnist, cifar10];

const key = (name: string): string => name.toLowerCase().replace(/[-_ ]/g, '');

/** The dataset with this name, in any spelling of case and hyphens (`CIFAR10`); null for none. */
export const knownSet = (source: string): KnownSet | null =>
  knownSets.find(({ name }) => key(name) === key(source)) ?? null;

/** Samples of every class in the training files and the test file of CIFAR-10. */
const PER_CLASS = { train: 5000, test: 1000 };

/**
 * True for the labels of the whole of CIFAR-10: every class has 5,000 training and 1,000 test images.
 */
export const isCifar10 = (counts: { readonly train: readonly number[]; readonly test: readonly number[] }): boolean =>
  (['train', 'test'] as const).every(
    (part) => counts[part].length === 10 && counts[part].every((count) => count === PER_CLASS[part]),
  );
