import { GifReader } from 'omggif';
import type { PixelImage } from '../../data/resize.ts';

/** True for the first bytes of an image file that `decodeImage` reads. */
export const looksLikeImage = (bytes: Uint8Array): boolean =>
  /^(\x89PNG|\xff\xd8\xff|GIF8|BM|RIFF....WEBP|II\*\0|MM\0\*|P[1-6]\s)/s.test(
    String.fromCharCode(...bytes.subarray(0, 12)),
  );

/** Pixels of the largest image that is decoded: twice as many as today's cameras have, 0.5 GB. */
export const MOST_PIXELS = 2 ** 27;

/** A decoded image of one channel (gray) or three. */
export interface DecodedImage extends PixelImage {
  readonly channels: 1 | 3;
}

/** Layouts of decoded pixels: channels and bytes of each, by the number that the decoder gives. */
const LAYOUTS: Readonly<Record<number, readonly [channels: 1 | 2 | 3 | 4, bytes: 1 | 2] | undefined>> = {
  0: [1, 1],
  1: [2, 1],
  2: [3, 1],
  3: [4, 1],
  4: [1, 2],
  5: [2, 2],
  6: [3, 2],
  7: [4, 2],
};

/**
 * Decodes a PNG, JPEG, WebP, BMP, TIFF or PNM file, or the first frame of a GIF, turned as its EXIF orientation says. Channels of
 * 16 bits are rounded to 8; transparent parts lie on white; three equal channels become one. Throws an Error whose message names the reason.
 */
export async function decodeImage(bytes: Uint8Array): Promise<DecodedImage> {
  if (String.fromCharCode(...bytes.subarray(0, 4)) === 'GIF8') return decodeGif(bytes);
  // Imported here because the module loads native code, which most commands do not need.
  const { Transformer } = await import('@napi-rs/image');
  const { width, height, orientation = 1, colorType } = await new Transformer(bytes).metadata(true);
  if (width * height > MOST_PIXELS) throw new Error(`${width}×${height} pixels`);
  const layout = LAYOUTS[colorType as number];
  if (layout === undefined) throw new Error(`pixels of type ${colorType}`);
  const raw = await new Transformer(bytes).rotate().rawPixels();
  // Turning by a quarter exchanges width and height.
  const [across, down] = orientation >= 5 ? [height, width] : [width, height];
  const [channels, size] = layout;
  const narrow = size === 1 ? raw : narrowed(raw);
  if (narrow.length !== across * down * channels) throw new Error('fewer pixels than its header says');
  return withoutEqual(onWhite({ width: across, height: down, pixels: narrow }, channels));
}

/** Gray images are often stored with three equal channels: one is enough. */
function withoutEqual(image: DecodedImage): DecodedImage {
  const { width, height, channels, pixels } = image;
  if (channels === 1) return image;
  for (let i = 0; i < pixels.length; i += 3) {
    if (pixels[i] !== pixels[i + 1] || pixels[i] !== pixels[i + 2]) return image;
  }
  return { width, height, channels: 1, pixels: pixels.filter((_, i) => i % 3 === 0) };
}

function narrowed(raw: Uint8Array): Uint8Array {
  const wide = new Uint16Array(raw.buffer.slice(raw.byteOffset, raw.byteOffset + raw.length));
  return Uint8Array.from(wide, (value) => Math.round(value / 257));
}

/** Without its alpha channel, if it has one. */
function onWhite({ width, height, pixels }: Omit<PixelImage, 'channels'>, channels: 1 | 2 | 3 | 4): DecodedImage {
  if (channels === 1 || channels === 3) return { width, height, channels, pixels };
  const color = channels === 2 ? 1 : 3;
  const out = new Uint8Array(width * height * color);
  for (let i = 0; i < width * height; i++) {
    const alpha = (pixels[i * channels + color] as number) / 255;
    for (let c = 0; c < color; c++) {
      out[i * color + c] = Math.round((pixels[i * channels + c] as number) * alpha + 255 * (1 - alpha));
    }
  }
  return { width, height, channels: color, pixels: out };
}

function decodeGif(bytes: Uint8Array): DecodedImage {
  // omggif reads a Buffer's bytes; it never writes to it.
  const gif = new GifReader(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length));
  const { width, height } = gif;
  if (width * height > MOST_PIXELS) throw new Error(`${width}×${height} pixels`);
  const rgba = new Uint8Array(4 * width * height);
  gif.decodeAndBlitFrameRGBA(0, rgba);
  return onWhite({ width, height, pixels: rgba }, 4);
}
