import { UserError } from '../text.ts';
import { type Dataset, PARTS } from './dataset.ts';

/** 32×32 pixels in three planes: red, green, blue. */
const PIXELS = 3 * 32 * 32;

/** A binary file of CIFAR-10 (one label byte before the pixels) or CIFAR-100 (coarse and fine label). */
export interface CifarFile {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly part: 'train' | 'test';
}

const RECORDS = { 10: 1 + PIXELS, 100: 2 + PIXELS } as const;

/** The number of classes (10 or 100) of the records that a file of that size holds; null where it holds neither. */
export function cifarClasses(size: number): 10 | 100 | null {
  if (size === 0) return null;
  if (size % RECORDS[10] === 0) return 10;
  return size % RECORDS[100] === 0 ? 100 : null;
}

/** Throws UserError for a file of another size than whole records. */
export function requireCifar(name: string, size: number): void {
  if (cifarClasses(size) === null) throw damaged(name);
}

/**
 * Files of CIFAR-10 or CIFAR-100 as one dataset (Krizhevsky 2009, binary version: labels, then pixels [3, 32, 32]). `names` are
 * those of the classes, of CIFAR-100 the fine ones. Throws UserError.
 */
export function cifarDataset(name: string, files: readonly CifarFile[], names: readonly string[] | null): Dataset {
  const classes = cifarClasses(files[0]?.bytes.length ?? 0);
  if (classes === null || files.some(({ bytes }) => cifarClasses(bytes.length) !== classes)) throw damaged(name);
  const record = RECORDS[classes];
  const count = files.reduce((sum, { bytes }) => sum + bytes.length / record, 0);
  const [images, labels, parts] = [new Uint8Array(count * PIXELS), new Uint8Array(count), new Uint8Array(count)];
  let at = 0;
  for (const { bytes, part } of files) {
    for (let start = 0; start < bytes.length; start += record, at++) {
      labels[at] = bytes[start + record - PIXELS - 1] as number;
      images.set(bytes.subarray(start + record - PIXELS, start + record), at * PIXELS);
      parts[at] = PARTS[part];
    }
  }
  const wrong = labels.findIndex((label) => label >= classes);
  if (wrong >= 0) throw damaged(name);
  const isSplit = files.some(({ part }) => part === 'test') && files.some(({ part }) => part === 'train');
  return {
    name,
    count,
    inputs: [{ name: 'image', kind: 'bytes', shape: [3, 32, 32], data: images }],
    targets: [
      {
        name: 'label',
        kind: 'classes',
        classes,
        shape: [],
        data: labels,
        ...(names?.length === classes ? { names } : {}),
      },
    ],
    ...(isSplit ? { parts } : {}),
  };
}

const damaged = (name: string) =>
  new UserError({
    en: `“${name}” is damaged or not a binary file of CIFAR: records have 3,073 bytes (CIFAR-10) or 3,074 (CIFAR-100) and begin with a label. Download it again (“binary version”).`,
    zh: `“${name}”已损坏，或不是 CIFAR 的二进制文件：每条记录为 3,073 字节（CIFAR-10）或 3,074 字节（CIFAR-100），以标签开头。请重新下载（binary version）。`,
  });
