import { createHash } from 'node:crypto';
import { type AwaitedImages, askedOf, awaitedImages, endWait, requestsFor } from '../../data/awaitedImages.ts';
import type { UnreadableFile } from '../../data/dataset.ts';
import { fittedImage } from '../../data/fittedImage.ts';
import type { ImageEntry } from '../../data/imageFolder.ts';
import type { ImageConfig } from '../../graph/document.ts';
import type { Text } from '../../text.ts';
import { type DecodedImages, DIGEST } from './decodedCache.ts';
import { fromImage, requireImage } from './decodeImage.ts';
import type { FileTree } from './fileTree.ts';
import { AT_ONCE, overAll, type Progress } from './imageEntries.ts';
import { ImageFault, reasonOf } from './imageFault.ts';
import { imageSize } from './imageSize.ts';
import { isWholeFile } from './wholeFile.ts';

export interface DecodingSteps {
  readonly progress: Progress;
  /** An image that cannot be decoded, by its place in the dataset: its wait ends where this is received. */
  fault(index: number, file: UnreadableFile): void;
}

/** Decoding that is left to do when a dataset is given. */
export interface RestOfImages {
  readonly awaited: AwaitedImages;
  /** Decodes all images, those asked for first. Returns the images that could be; `allRead`: the bytes of each file could be read. */
  decode(steps: DecodingSteps): Promise<{ readonly all: DecodedImages; readonly allRead: boolean }>;
}

export const sha256 = (bytes: Uint8Array): Buffer => createHash('sha256').update(bytes).digest();

/**
 * Reads all files without decoding those that are whole by their structure: they are the images of the dataset, whose pixels follow
 * in `rest`. `images` are the present ones: their pixels are zeros so far.
 */
export async function scanned(
  tree: FileTree,
  entries: readonly ImageEntry[],
  config: ImageConfig,
  progress: Progress,
): Promise<{ readonly images: DecodedImages; readonly rest: RestOfImages }> {
  let [done, allRead] = [0, true];
  const facts = await overAll(entries, async ({ path }): Promise<Uint8Array | Text> => {
    let isRead = false;
    try {
      const bytes = await tree.read(path);
      isRead = true;
      requireImage(bytes);
      if (imageSize(bytes) === null || !isWholeFile(bytes)) await fromImage(bytes, () => null);
      return sha256(bytes);
    } catch (error) {
      allRead &&= isRead;
      return reasonOf(error);
    } finally {
      progress(++done, entries.length);
    }
  });
  const unreadable = new Map(facts.flatMap((each, at) => (each instanceof Uint8Array ? [] : [[at, each] as const])));
  const places = [...entries.keys()].filter((at) => !unreadable.has(at));
  const digests = Buffer.concat(places.map((at) => facts[at] as Uint8Array));
  const sample = config.channels * config.height * config.width;
  const pixels = new Uint8Array(new SharedArrayBuffer(sample * places.length));
  const images: DecodedImages = { sample, pixels, unreadable, recolored: 0, digests };
  const awaited = awaitedImages(places.length);
  const decode = async (steps: DecodingSteps) => {
    const rest = await decodedRest(
      tree,
      places.map((at) => entries[at] as ImageEntry),
      config,
      { images, awaited },
      steps,
    );
    const faults = [...rest.faults].map(([index, reason]) => [places[index] as number, reason] as const);
    const all = {
      ...withoutFaults(images, rest.faults),
      unreadable: new Map([...unreadable, ...faults].sort(([a], [b]) => a - b)),
      recolored: rest.recolored,
    };
    return { all, allRead: allRead && rest.allRead };
  };
  return { images, rest: { awaited, decode } };
}

async function decodedRest(
  tree: FileTree,
  entries: readonly ImageEntry[],
  config: ImageConfig,
  { images, awaited }: { readonly images: DecodedImages; readonly awaited: AwaitedImages },
  { progress, fault }: DecodingSteps,
): Promise<{ readonly faults: ReadonlyMap<number, Text>; readonly recolored: number; readonly allRead: boolean }> {
  const { pixels, sample, digests } = images;
  const faults = new Map<number, Text>();
  const next = turns(awaited);
  let [done, recolored, allRead] = [0, 0, true];
  const decodeOne = async (at: number) => {
    const { path } = entries[at] as ImageEntry;
    let isRead = false;
    try {
      const bytes = await tree.read(path);
      if (!sha256(bytes).equals(digests.subarray(DIGEST * at, DIGEST * (at + 1)))) throw changed();
      isRead = true;
      const fitted = await fromImage(bytes, (image) => {
        if (image.channels !== config.channels) recolored++;
        return fittedImage(image, config);
      });
      pixels.set(fitted, at * sample);
      endWait(awaited, at, true);
    } catch (error) {
      allRead &&= isRead;
      const reason = reasonOf(error);
      faults.set(at, reason);
      fault(at, { file: path, reason });
    }
    progress(++done, entries.length);
  };
  const some = async () => {
    for (let at = next(); at !== null; at = next()) await decodeOne(at);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, some));
  return { faults, recolored, allRead };
}

/** The images in the order of their turns: those asked for come first. */
function turns(awaited: AwaitedImages): () => number | null {
  const count = awaited.length - 1;
  const isTaken = new Uint8Array(count);
  let [requests, next]: [number, number] = [0, 0];
  let asked: number[] = [];
  return () => {
    const now = requestsFor(awaited);
    if (now !== requests) [requests, asked] = [now, askedOf(awaited).reverse()];
    let at = asked.pop();
    while (at !== undefined && isTaken[at] === 1) at = asked.pop();
    while (at === undefined && next < count) {
      if (isTaken[next] === 0) at = next;
      next++;
    }
    if (at === undefined) return null;
    isTaken[at] = 1;
    return at;
  };
}

/** Copies, where images are left out: others may be in use. */
function withoutFaults(images: DecodedImages, faults: ReadonlyMap<number, Text>): DecodedImages {
  if (faults.size === 0) return images;
  const { sample, pixels, digests } = images;
  const kept = Array.from({ length: pixels.length / sample }, (_, at) => at).filter((at) => !faults.has(at));
  const rest = new Uint8Array(new SharedArrayBuffer(sample * kept.length));
  kept.forEach((at, to) => {
    rest.set(pixels.subarray(at * sample, (at + 1) * sample), to * sample);
  });
  return {
    ...images,
    pixels: rest,
    digests: Buffer.concat(kept.map((at) => digests.subarray(DIGEST * at, DIGEST * (at + 1)))),
  };
}

const changed = () =>
  new ImageFault({ en: 'the file has changed since it was first read', zh: '文件在首次读取之后已改变' });
