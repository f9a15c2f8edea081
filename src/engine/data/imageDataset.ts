import type { Dataset } from '../../data/dataset.ts';
import { PARTS } from '../../data/dataset.ts';
import { fittedImage } from '../../data/fittedImage.ts';
import type { ImageListing } from '../../data/imageFolder.ts';
import type { ImageConfig } from '../../graph/document.ts';
import { sizeText } from '../../sizeText.ts';
import { UserError } from '../../text.ts';
import { decodeImage } from './decodeImage.ts';
import type { FileTree } from './fileTree.ts';

/** Work on a dataset: files read of all. */
export type Progress = (done: number, total: number) => void;

/** Bytes that the decoded images of one dataset may take in memory. */
export const MOST_DECODED = 4 * 2 ** 30;
/** Images that decide on size and channels. */
const PROBED = 64;
/** Larger images are made smaller where nothing else is asked for: few networks take more. */
const LARGEST_SIDE = 128;
const DEFAULT_SIDE = 64;
/** Files in the air: enough for the threads of the decoder. */
const AT_ONCE = 8;

/** Size and channels by the first images: their own where all agree and are small, else 64×64; gray where all are gray. */
async function probedConfig(tree: FileTree, { entries }: ImageListing): Promise<ImageConfig> {
  const step = Math.max(1, Math.floor(entries.length / PROBED));
  const probed = entries.filter((_, at) => at % step === 0).slice(0, PROBED);
  const images = (
    await Promise.all(
      probed.map(({ path }) =>
        tree
          .read(path)
          .then(decodeImage)
          .catch(() => null),
      ),
    )
  ).filter((image) => image !== null);
  const [first] = images;
  const same = images.every(({ width, height }) => width === first?.width && height === first.height);
  const small = first !== undefined && Math.max(first.width, first.height) <= LARGEST_SIDE;
  const size =
    same && small ? { width: first.width, height: first.height } : { width: DEFAULT_SIDE, height: DEFAULT_SIDE };
  return { ...size, channels: images.every(({ channels }) => channels === 1) ? 1 : 3, fit: 'stretch' };
}

/**
 * Decodes all images of a listing. Files that cannot be read are left out and listed. Without a config, size and channels follow
 * from the images. Throws UserError where no image can be read, or where they need more memory than there may be.
 */
export async function imageDataset(
  tree: FileTree,
  listing: ImageListing,
  wanted: ImageConfig | null,
  progress: Progress,
): Promise<Dataset> {
  const { classes, entries } = listing;
  const config = wanted ?? (await probedConfig(tree, listing));
  const sample = config.channels * config.height * config.width;
  if (sample * entries.length > MOST_DECODED) throw tooMuch(tree.name, entries.length, config, sample);
  const pixels = new Uint8Array(new SharedArrayBuffer(sample * entries.length));
  const reasons = new Map<number, string>();
  let [next, done] = [0, 0];
  const work = async () => {
    for (let at = next++; at < entries.length; at = next++) {
      try {
        const image = await decodeImage(await tree.read((entries[at] as (typeof entries)[number]).path));
        pixels.set(fittedImage(image, config), at * sample);
      } catch (error) {
        reasons.set(at, (error instanceof Error ? error.message : String(error)).trim());
      }
      progress(++done, entries.length);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  const kept = entries.map((entry, at) => ({ ...entry, at })).filter(({ at }) => !reasons.has(at));
  if (kept.length === 0) throw noneReadable(tree.name, entries.length, reasons.get(0) ?? '');
  // Gaps of files that could not be read are closed.
  for (const [to, { at }] of kept.entries())
    if (to !== at) pixels.copyWithin(to * sample, at * sample, (at + 1) * sample);
  const data = reasons.size === 0 ? pixels : new Uint8Array(pixels.buffer, 0, kept.length * sample);
  return {
    name: tree.name,
    count: kept.length,
    inputs: [{ name: 'image', kind: 'bytes', shape: [config.channels, config.height, config.width], data }],
    targets: [
      {
        name: 'label',
        kind: 'classes',
        classes: classes.length,
        names: classes,
        shape: [],
        data: Uint8Array.from(kept, ({ label }) => label),
      },
    ],
    image: config,
    files: kept.map(({ path }) => path),
    // Files are read at the same time and fail in any order.
    unreadable: [...reasons]
      .sort(([a], [b]) => a - b)
      .map(([at, reason]) => ({ file: entries[at]?.path ?? '', reason })),
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

const noneReadable = (name: string, count: number, reason: string) =>
  new UserError({
    en: `None of the ${count} images in “${name}” can be read; the first: ${reason}. Save them again as PNG or JPEG.`,
    zh: `“${name}”中的 ${count} 张图像均无法读取；第一张的原因：${reason}。请重新保存为 PNG 或 JPEG。`,
  });
