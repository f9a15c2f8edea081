import { type PixelImage, resize, toGray } from '../resize.ts';

/** Side of the thumbnail that two images are compared by. */
const SIDE = 16;

/** Fingerprint of an image for the search of near-duplicates. */
export interface Fingerprint {
  /** Difference hash of 64 bits, in two halves. */
  readonly hash: readonly [number, number];
  /** The image at 16×16, minus its mean and divided by its norm: [16 · 16 · C]. Null where all pixels are equal. */
  readonly thumbnail: Float32Array | null;
}

/**
 * Difference hash (Krawetz 2013): the gray image at 9×8, one bit for each pixel that is darker than its right neighbor. Scaling,
 * recompression and changes of brightness or contrast keep nearly all bits.
 */
export function differenceHash(image: PixelImage): [number, number] {
  const { pixels } = resize(toGray(image), 9, 8, 'bilinear');
  const halves: [number, number] = [0, 0];
  for (let bit = 0; bit < 64; bit++) {
    const at = Math.floor(bit / 8) * 9 + (bit % 8);
    if ((pixels[at + 1] as number) > (pixels[at] as number))
      halves[bit >> 5] = (halves[bit >> 5] as number) | (1 << (bit & 31));
  }
  return halves;
}

export function fingerprint(image: PixelImage): Fingerprint {
  const { pixels } = resize(image, SIDE, SIDE, 'bilinear');
  const mean = pixels.reduce((sum, value) => sum + value, 0) / pixels.length;
  const thumbnail = Float32Array.from(pixels, (value) => value - mean);
  const norm = Math.sqrt(thumbnail.reduce((sum, value) => sum + value * value, 0));
  return { hash: differenceHash(image), thumbnail: norm === 0 ? null : thumbnail.map((value) => value / norm) };
}

/** Number of different bits. */
export const hammingDistance = (a: readonly [number, number], b: readonly [number, number]): number =>
  ones(a[0] ^ b[0]) + ones(a[1] ^ b[1]);

function ones(bits: number): number {
  let n = bits - ((bits >>> 1) & 0x55555555);
  n = (n & 0x33333333) + ((n >>> 2) & 0x33333333);
  return Math.imul((n + (n >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/** Bits in which near-duplicates may differ: one less than the bands of a hash, so that they agree in one band at least. */
export const MOST_DIFFERENT_BITS = 3;
/**
 * Correlation of the thumbnails of near-duplicates. The hash alone takes many simple images for the same: 130,698 pairs of MNIST's
 * 10,000 digits, of which 0.98 leaves 1,243, 0.99 leaves 102, and 0.997 none. Photos at JPEG quality 20 keep 0.999, and 15% brighter ones 0.997;
 * cropped ones fall below.
 */
export const LEAST_CORRELATION = 0.997;

/** True for two images that look the same: hashes nearly equal, and the thumbnails as well. */
export function looksSame(a: Fingerprint, b: Fingerprint): boolean {
  if (a.thumbnail === null || b.thumbnail === null || hammingDistance(a.hash, b.hash) > MOST_DIFFERENT_BITS)
    return false;
  let correlation = 0;
  for (let i = 0; i < a.thumbnail.length; i++) correlation += (a.thumbnail[i] as number) * (b.thumbnail[i] as number);
  return correlation >= LEAST_CORRELATION;
}

/** The four bands of a hash. Each takes every fourth bit, because whole rows of a hash are empty where images have a margin. */
export function bandsOf([low, high]: readonly [number, number]): [number, number, number, number] {
  const bands: [number, number, number, number] = [0, 0, 0, 0];
  for (let bit = 0; bit < 64; bit++) {
    const isSet = ((bit < 32 ? low : high) >>> (bit & 31)) & 1;
    const band = bit & 3;
    bands[band] = ((bands[band] as number) << 1) | isSet;
  }
  return bands;
}
