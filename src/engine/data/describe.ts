import type { Dataset, Field } from '../../data/dataset.ts';
import { PARTS, valuesAt } from '../../data/dataset.ts';
import { mainField } from '../../data/prepared.ts';
import type { PixelImage } from '../../data/resize.ts';
import { type ChannelStatistics, channelStatistics, passesOf } from '../../data/statistics/channels.ts';
import { type Fingerprint, fingerprint } from '../../data/statistics/differenceHash.ts';
import { type Duplicates, duplicatesOf, exactCopies } from '../../data/statistics/duplicates.ts';
import { type FileFacts, type Oddity, oddFiles } from '../../data/statistics/oddFiles.ts';
import type { FileTree } from './fileTree.ts';
import type { Progress } from './imageEntries.ts';
import { imageHeader } from './imageHeader.ts';
import { sourceTree } from './sourceTree.ts';

/** A dataset to describe. */
export interface Describing {
  readonly dataset: Dataset;
  /** One of `PARTS` for every sample, by the split of the document. */
  readonly parts: Uint8Array;
  /** Folder or archive of the files. */
  readonly source: string;
}

/** Statistics of a dataset. */
export interface DataDescription {
  /** Training samples, which the channels are measured on. */
  readonly trained: number;
  /** Channels of the first input. */
  readonly channels: readonly ChannelStatistics[];
  readonly duplicates: Duplicates;
  /** Sizes of the files, the most frequent first; empty where samples are no files. */
  readonly sizes: readonly { readonly width: number; readonly height: number; readonly count: number }[];
  readonly differentSizes: number;
  readonly odd: readonly { readonly index: number; readonly reasons: readonly Oddity[] }[];
  readonly oddCount: number;
  /** Samples in the plane, where the only input is two numbers. */
  readonly points: { readonly at: Float32Array<ArrayBuffer>; readonly targets: Float32Array<ArrayBuffer> } | null;
  /** True where near-duplicates were searched. */
  readonly isImages: boolean;
}

/** Sizes, odd samples and points in one description. */
const MOST_SIZES = 400;
const MOST_ODD = 200;
const MOST_POINTS = 2000;

/** Describes a dataset sample by sample. Files that cannot be read any more have no size. */
export async function describe({ dataset, parts, source }: Describing, progress: Progress): Promise<DataDescription> {
  const { count, inputs, files } = dataset;
  const input = mainField(inputs) as Field;
  const train = Uint32Array.from(parts.keys()).filter((index) => parts[index] === PARTS.train);
  const isImages = isImageField(input);
  const total = train.length * passesOf(input) + count + (isImages ? 2 * count : 0) + (files?.length ?? 0);
  let done = 0;
  const step = () => progress(++done, total);
  const channels = channelStatistics(input, train, step);
  const groups = exactCopies(dataset, step);
  const prints: Fingerprint[] = [];
  const constant = new Set<number>();
  for (let index = 0; isImages && index < count; index++) {
    const image = pixelImage(input, index, channels);
    prints.push(fingerprint(image));
    if (image.pixels.every((value, at) => value === image.pixels[at % image.channels])) constant.add(index);
    step();
  }
  const duplicates = duplicatesOf(groups, parts, prints, step);
  const facts = files === undefined ? [] : await factsOfFiles(source, files, step);
  const reasons = oddFiles(facts);
  const odd = Array.from({ length: count }, (_, index) => ({
    index,
    reasons: [...(constant.has(index) ? (['constant'] as const) : []), ...(reasons[index] ?? [])],
  })).filter((each) => each.reasons.length > 0);
  const sizes = countSizes(facts);
  return {
    trained: train.length,
    channels,
    duplicates,
    sizes: sizes.slice(0, MOST_SIZES),
    differentSizes: sizes.length,
    odd: odd.slice(0, MOST_ODD),
    oddCount: odd.length,
    points: pointsOf(dataset),
    isImages,
  };
}

const isImageField = ({ shape }: Field): boolean =>
  shape.length === 3 && (shape[0] === 1 || shape[0] === 3) && (shape[1] as number) > 1 && (shape[2] as number) > 1;

/** A sample as an image of bytes; numbers are scaled from the range of the training samples. */
function pixelImage(field: Field, index: number, channels: readonly ChannelStatistics[]): PixelImage {
  const [count, height, width] = field.shape as [number, number, number];
  const values = valuesAt(field, index);
  const low = Math.min(...channels.map((each) => each.low));
  const span = Math.max(...channels.map((each) => each.high)) - low || 1;
  const plane = width * height;
  const pixels = new Uint8Array(count * plane);
  for (let i = 0; i < plane; i++) {
    for (let c = 0; c < count; c++) {
      const value = values[c * plane + i] as number;
      pixels[i * count + c] =
        field.kind === 'bytes' ? value : Math.round(255 * Math.min(1, Math.max(0, (value - low) / span)));
    }
  }
  return { width, height, channels: count, pixels };
}

/** Files in the air at once. */
const AT_ONCE = 8;

async function factsOfFiles(source: string, files: readonly string[], step: () => void): Promise<(FileFacts | null)[]> {
  const facts = new Array<FileFacts | null>(files.length).fill(null);
  const tree = await sourceTree(source);
  let next = 0;
  const work = async () => {
    for (let at = next++; at < files.length; at = next++) {
      facts[at] = await headerOf(tree, files[at] as string).catch(() => null);
      step();
    }
  };
  try {
    await Promise.all(Array.from({ length: AT_ONCE }, work));
  } finally {
    await tree.close();
  }
  return facts;
}

const headerOf = async (tree: FileTree, path: string): Promise<FileFacts> => imageHeader(await tree.read(path));

function countSizes(facts: readonly (FileFacts | null)[]): DataDescription['sizes'] {
  const sizes = new Map<string, { width: number; height: number; count: number }>();
  for (const each of facts) {
    if (each === null) continue;
    const key = `${each.width}×${each.height}`;
    const size = sizes.get(key);
    if (size === undefined) sizes.set(key, { width: each.width, height: each.height, count: 1 });
    else size.count++;
  }
  return [...sizes.values()].sort((a, b) => b.count - a.count || a.width * a.height - b.width * b.height);
}

/** Evenly chosen samples, with the first number of their first target. */
function pointsOf({ count, inputs, targets: [target] }: Dataset): DataDescription['points'] {
  const [input] = inputs;
  if (inputs.length !== 1 || input?.kind !== 'numbers' || input.shape.join() !== '2') return null;
  const shown = Math.min(count, MOST_POINTS);
  const indices = Array.from({ length: shown }, (_, at) => Math.floor((at * count) / shown));
  return {
    at: Float32Array.from(indices.flatMap((index) => [...valuesAt(input, index)])),
    targets: Float32Array.from(indices, (index) => (target === undefined ? 0 : (valuesAt(target, index)[0] as number))),
  };
}
