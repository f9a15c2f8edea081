import type { AwaitedImages } from '../../data/awaitedImages.ts';
import type { Dataset } from '../../data/dataset.ts';
import { groupingOf, PARTS } from '../../data/dataset.ts';
import { fittedImage } from '../../data/fittedImage.ts';
import type { ImageListing } from '../../data/imageFolder.ts';
import { labelsFrom } from '../../data/labels.ts';
import type { ImageConfig } from '../../graph/document.ts';
import { sizeText } from '../../sizeText.ts';
import { same, type Text, UserError } from '../../text.ts';
import { type DecodedCache, type DecodedImages, DIGEST, decodedKey } from './decodedCache.ts';
import { fromImage } from './decodeImage.ts';
import { type RestOfImages, scanned, sha256 } from './decodeLater.ts';
import type { FileTree } from './fileTree.ts';
import { overAll, type Progress } from './imageEntries.ts';
import { reasonOf } from './imageFault.ts';

/** Bytes that the decoded images of one dataset may take in memory. */
export const MOST_DECODED = 4 * 2 ** 30;
/** Images that decide on size and channels. */
const PROBED = 64;
/** Larger images are made smaller where nothing else is asked for: few networks take more. */
const LARGEST_SIDE = 128;
const DEFAULT_SIDE = 64;
/** Size and channels by the first images: their own where all agree and are small, else 64×64; gray where all are gray. */
async function probedConfig(tree: FileTree, { entries }: ImageListing): Promise<ImageConfig> {
  const step = Math.max(1, Math.floor(entries.length / PROBED));
  const probed = entries.filter((_, at) => at % step === 0).slice(0, PROBED);
  const facts = await overAll(probed, async ({ path }) => {
    try {
      return await fromImage(await tree.read(path), ({ width, height, channels }) => ({ width, height, channels }));
    } catch {
      return null;
    }
  });
  const images = facts.filter((each) => each !== null);
  const [first] = images;
  const same = images.every(({ width, height }) => width === first?.width && height === first.height);
  const small = first !== undefined && Math.max(first.width, first.height) <= LARGEST_SIDE;
  const size =
    same && small ? { width: first.width, height: first.height } : { width: DEFAULT_SIDE, height: DEFAULT_SIDE };
  return { ...size, channels: images.every(({ channels }) => channels === 1) ? 1 : 3, fit: 'stretch' };
}

type Entries = ImageListing['entries'];

/** How images are read. */
export interface ImageReading {
  readonly progress: Progress;
  /** Keeps decoded images for the next time; absent: they are decoded each time. */
  readonly cache?: DecodedCache | undefined;
  /** Takes the decoding that is left to do when the dataset is given; absent: none is. */
  readonly later?: ((rest: RestOfImages) => void) | undefined;
}

type ReadImages = DecodedImages & { readonly awaited?: AwaitedImages };

/**
 * The decoded images of the cache where no file has changed since; else decodes them, and keeps them if that saves time. Where they
 * will be kept, they may be decoded later.
 */
async function decodedOrKept(
  tree: FileTree,
  entries: Entries,
  config: ImageConfig,
  { progress, cache, later }: ImageReading,
): Promise<ReadImages> {
  const sizes = cache === undefined ? [] : await overAll(entries, ({ path }) => tree.size(path).catch(() => 0));
  if (cache === undefined || sizes.reduce((sum, size) => sum + size, 0) < cache.worth)
    return (await decoded(tree, entries, config, progress)).all;
  // Stamps are taken before the files are read: a file that changes meanwhile has another one the next time.
  const stamps = await overAll(entries, async ({ path }) => [path, await tree.stamp(path)]);
  const key = decodedKey([config, stamps]);
  const found = await cache.find(key);
  const sample = config.channels * config.height * config.width;
  if (
    found !== null &&
    found.sample === sample &&
    found.pixels.length === sample * (entries.length - found.unreadable.size)
  )
    return found;
  const keep = async ({ all, allRead }: Awaited<ReturnType<RestOfImages['decode']>>) => {
    // A file that could not be read now may be readable the next time, without any change to it.
    if (allRead) await cache.keep(key, all);
    return { all, allRead };
  };
  if (later === undefined || !(await cache.hasRoom(sample * entries.length)))
    return (await keep(await decoded(tree, entries, config, progress))).all;
  const { images, rest } = await scanned(tree, entries, config, progress);
  if (images.pixels.length > 0) later({ ...rest, decode: async (steps) => keep(await rest.decode(steps)) });
  return { ...images, awaited: rest.awaited };
}

/** Decodes all images into shared memory. `allRead`: the bytes of each file could be read, if not decoded. */
async function decoded(
  tree: FileTree,
  entries: Entries,
  config: ImageConfig,
  progress: Progress,
): Promise<{ readonly all: DecodedImages; readonly allRead: boolean }> {
  const sample = config.channels * config.height * config.width;
  const pixels = new Uint8Array(new SharedArrayBuffer(sample * entries.length));
  const digests = new Uint8Array(DIGEST * entries.length);
  let [done, allRead, recolored] = [0, true, 0];
  const reasons = await overAll(entries, async ({ path }, at) => {
    let isRead = false;
    try {
      const bytes = await tree.read(path);
      isRead = true;
      const fitted = await fromImage(bytes, (image) => {
        if (image.channels !== config.channels) recolored++;
        return fittedImage(image, config);
      });
      pixels.set(fitted, at * sample);
      digests.set(sha256(bytes), DIGEST * at);
      return null;
    } catch (error) {
      allRead &&= isRead;
      return reasonOf(error);
    } finally {
      progress(++done, entries.length);
    }
  });
  const unreadable = new Map(reasons.flatMap((reason, at) => (reason === null ? [] : [[at, reason] as const])));
  // Gaps of files that could not be read are closed.
  let to = 0;
  for (const at of entries.keys()) {
    if (unreadable.has(at)) continue;
    if (to !== at) {
      pixels.copyWithin(to * sample, at * sample, (at + 1) * sample);
      digests.copyWithin(DIGEST * to, DIGEST * at, DIGEST * (at + 1));
    }
    to++;
  }
  const all = {
    sample,
    pixels: pixels.subarray(0, to * sample),
    unreadable,
    recolored,
    digests: digests.subarray(0, DIGEST * to),
  };
  return { all, allRead };
}

/**
 * The images of a listing, decoded now or later. Files that cannot be read are left out and listed. Without a config, size and
 * channels follow from the images. Throws UserError where no image can be read, or where they need more memory than there may be.
 */
export async function imageDataset(
  tree: FileTree,
  listing: ImageListing,
  wanted: ImageConfig | null,
  reading: ImageReading,
): Promise<Dataset> {
  const { classes, entries } = listing;
  const { channels, height, width, fit } = wanted ?? (await probedConfig(tree, listing));
  // In one order, because the same settings have the same decoded images on disk.
  const config: ImageConfig = { channels, height, width, fit };
  const sample = config.channels * config.height * config.width;
  if (sample * entries.length > MOST_DECODED) throw tooMuch(tree.name, entries.length, config, sample);
  const read = await decodedOrKept(tree, entries, config, reading);
  const { pixels: data, unreadable, recolored, digests, awaited } = read;
  const kept = entries.filter((_, at) => !unreadable.has(at));
  if (kept.length === 0) throw noneReadable(tree.name, entries.length, unreadable.get(0) ?? same(''));
  return {
    name: tree.name,
    count: kept.length,
    inputs: [
      {
        name: 'image',
        kind: 'bytes',
        shape: [config.channels, config.height, config.width],
        data,
        ...(awaited === undefined ? {} : { awaited }),
      },
    ],
    targets: [
      {
        name: 'label',
        kind: 'classes',
        classes: classes.length,
        names: classes,
        shape: [],
        data: labelsFrom(
          classes.length,
          kept.map(({ label }) => label),
        ),
      },
    ],
    image: config,
    recolored,
    files: kept.map(({ path }) => path),
    digests,
    groupings: (listing.columns ?? []).flatMap(
      (column, at) =>
        groupingOf(
          column,
          kept.map(({ cells }) => cells?.[at] ?? ''),
        ) ?? [],
    ),
    unreadable: [
      ...(listing.unusable ?? []),
      ...[...unreadable].map(([at, reason]) => ({ file: entries[at]?.path ?? '', reason })),
    ],
    ...(kept.some(({ part }) => part !== null)
      ? { parts: Uint8Array.from(kept, ({ part }) => PARTS[part ?? 'train']) }
      : {}),
  };
}

const tooMuch = (name: string, count: number, { channels, height, width }: ImageConfig, sample: number) =>
  new UserError({
    en: `The ${count.toLocaleString('en-US')} images of “${name}” take ${sizeText(count * sample)} at ${channels}×${height}×${width}; at most ${sizeText(MOST_DECODED)} are held in memory. Choose a smaller image size.`,
    zh: `“${name}”的 ${count.toLocaleString('en-US')} 张图像在 ${channels}×${height}×${width} 时需要 ${sizeText(count * sample)}，内存上限为 ${sizeText(MOST_DECODED)}。请选择更小的图像尺寸。`,
  });

const noneReadable = (name: string, count: number, reason: Text) =>
  new UserError({
    en: `None of the ${count} images in “${name}” can be read; the first: ${reason.en}. Save them again as PNG or JPEG.`,
    zh: `“${name}”中的 ${count} 张图像均无法读取；第一张的原因：${reason.zh}。请重新保存为 PNG 或 JPEG。`,
  });
