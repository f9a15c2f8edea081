/**
 * States of images that are decoded while others of their dataset are used already, in shared memory: one for every image, and
 * behind them the number of requests so far.
 */
export type AwaitedImages = Int32Array<SharedArrayBuffer>;

const UNASKED = 0;
const ASKED = 1;
const DECODED = 2;
const FAILED = 3;

export const awaitedImages = (count: number): AwaitedImages => new Int32Array(new SharedArrayBuffer(4 * (count + 1)));

export const isDecoded = (images: AwaitedImages, index: number): boolean => Atomics.load(images, index) === DECODED;

export const hasFailed = (images: AwaitedImages, index: number): boolean => Atomics.load(images, index) === FAILED;

/** Asks for images to be decoded before the others. */
export function askFor(images: AwaitedImages, indices: Iterable<number>): void {
  let isNew = false;
  for (const index of indices) {
    if (Atomics.compareExchange(images, index, UNASKED, ASKED) === UNASKED) isNew = true;
  }
  if (isNew) Atomics.add(images, images.length - 1, 1);
}

/** Number of requests so far. */
export const requestsFor = (images: AwaitedImages): number => Atomics.load(images, images.length - 1);

/** The images that were asked for and are not decoded yet, in their order. */
export function askedOf(images: AwaitedImages): number[] {
  const asked: number[] = [];
  for (let index = 0; index < images.length - 1; index++) {
    if (Atomics.load(images, index) === ASKED) asked.push(index);
  }
  return asked;
}

/** Asks for images and blocks this thread until they are decoded. Throws an Error for one that cannot be. */
export function waitFor(images: AwaitedImages, indices: Iterable<number>): void {
  const wanted = [...indices];
  askFor(images, wanted);
  for (const index of wanted) Atomics.wait(images, index, ASKED);
  requireDecoded(images, wanted);
}

/** Throws an Error for an image whose pixels are not there: nothing may be computed from them. */
export function requireDecoded(images: AwaitedImages, indices: Iterable<number>): void {
  for (const index of indices) {
    if (!isDecoded(images, index)) throw new Error(`image ${index} is not decoded`);
  }
}

/** Ends the wait for an image. */
export function endWait(images: AwaitedImages, index: number, isReadable: boolean): void {
  Atomics.store(images, index, isReadable ? DECODED : FAILED);
  Atomics.notify(images, index);
}

/** Ends the wait for all images that are not decoded: they never will be. */
export function endAllWaits(images: AwaitedImages): void {
  for (let index = 0; index < images.length - 1; index++) {
    if (!isDecoded(images, index)) endWait(images, index, false);
  }
}
