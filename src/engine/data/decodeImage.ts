import type { PixelImage } from '../../data/resize.ts';
import { decodeGif } from './decodeGif.ts';
import { decoderFault } from './decoderFault.ts';
import { cutOff, ImageFault } from './imageFault.ts';
import { imageSize, jpegFrame } from './imageSize.ts';
import { orientationOf } from './orientation.ts';
import { PixelBudget } from './pixelBudget.ts';

/** True for the first bytes of an image file that `decodeImage` reads. */
export const looksLikeImage = (bytes: Uint8Array): boolean =>
  /^(\x89PNG|\xff\xd8\xff|GIF8|BM|RIFF....WEBP|II\*\0|MM\0\*|P[1-6]\s)/s.test(
    String.fromCharCode(...bytes.subarray(0, 12)),
  );

/** Pixels of the largest image that is decoded: twice as many as today's cameras have, 0.5 GB. */
export const MOST_PIXELS = 2 ** 27;

/** Pixels of all images that are being decoded at the same time. */
const budget = new PixelBudget(MOST_PIXELS);

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
 * 16 bits are rounded to 8; transparent parts lie on white; three equal channels become one. Throws ImageFault.
 */
export const decodeImage = (bytes: Uint8Array): Promise<DecodedImage> => fromImage(bytes, (image) => image);

/** The result of `use` on a decoded image: its pixels are held no longer than that. Throws ImageFault. */
export async function fromImage<T>(bytes: Uint8Array, use: (image: DecodedImage) => T): Promise<T> {
  requireImage(bytes);
  return whileDecoding(bytes, async () => use(withoutEqual(await decoded(bytes))));
}

/** Runs work that decodes an image once there is room for its pixels. */
export function whileDecoding<T>(bytes: Uint8Array, work: () => Promise<T>): Promise<T> {
  const size = imageSize(bytes);
  // The decoder limits the memory of images whose header is damaged.
  return budget.whileTaking(size === null ? MOST_PIXELS : size.width * size.height, work);
}

/** Throws ImageFault for files that are no image, too large or cut off, before anything is decoded. */
export function requireImage(bytes: Uint8Array): void {
  if (bytes.length === 0) throw new ImageFault({ en: 'the file is empty', zh: '文件为空' });
  if (!looksLikeImage(bytes)) throw notAnImage();
  const size = imageSize(bytes);
  if (size !== null && size.width * size.height > MOST_PIXELS) throw tooLarge(size.width, size.height);
  if (bytes[0] === 0xff && jpegFrame(bytes)?.isComplete === false) throw cutOff();
}

const READ = 'PNG, JPEG, WebP, BMP, GIF, TIFF, PNM';

const notAnImage = () =>
  new ImageFault({ en: `not an image in one of the formats ${READ}`, zh: `不是以下格式的图像：${READ}` });

const tooLarge = (width: number, height: number) => {
  const most = MOST_PIXELS.toLocaleString('en-US');
  return new ImageFault({
    en: `${width}×${height} pixels, more than the ${most} that are decoded; scale it down`,
    zh: `${width}×${height} 像素，超过上限 ${most}；请缩小图像`,
  });
};

const floatingPoint = () =>
  new ImageFault({
    en: 'its channels are floating-point numbers; save it with 8 or 16 bits per channel',
    zh: '通道为浮点数；请以每通道 8 位或 16 位保存',
  });

async function decoded(bytes: Uint8Array): Promise<DecodedImage> {
  if (String.fromCharCode(...bytes.subarray(0, 4)) === 'GIF8') return onWhite(decodeGif(bytes), 4);
  // Imported here because the module loads native code, which most commands do not need.
  const { Transformer } = await import('@napi-rs/image');
  // One transformer for both calls: it decodes the file once.
  const transformer = new Transformer(bytes);
  try {
    const orientation = orientationOf(bytes);
    const { width, height, colorType } = await transformer.metadata();
    const layout = LAYOUTS[colorType as number];
    if (layout === undefined) throw floatingPoint();
    const raw = await transformer.rotate(orientation).rawPixels();
    // Turning by a quarter exchanges width and height.
    const [across, down] = orientation >= 5 ? [height, width] : [width, height];
    const [channels, size] = layout;
    const narrow = size === 1 ? raw : narrowed(raw);
    if (narrow.length !== across * down * channels)
      throw new ImageFault({ en: 'fewer pixels than its header says', zh: '像素少于文件头所述' });
    return onWhite({ width: across, height: down, pixels: narrow }, channels);
  } catch (error) {
    throw error instanceof ImageFault ? error : decoderFault(error);
  }
}

/** Gray images are often stored with three equal channels: one is enough. */
function withoutEqual(image: DecodedImage): DecodedImage {
  const { width, height, channels, pixels } = image;
  if (channels === 1) return image;
  for (let i = 0; i < pixels.length; i += 3) {
    if (pixels[i] !== pixels[i + 1] || pixels[i] !== pixels[i + 2]) return image;
  }
  const gray = new Uint8Array(width * height);
  for (let i = 0; i < gray.length; i++) gray[i] = pixels[3 * i] as number;
  return { width, height, channels: 1, pixels: gray };
}

function narrowed(raw: Uint8Array): Uint8Array {
  const wide = new Uint16Array(raw.buffer.slice(raw.byteOffset, raw.byteOffset + raw.length));
  const narrow = new Uint8Array(wide.length);
  for (let i = 0; i < wide.length; i++) narrow[i] = Math.round((wide[i] as number) / 257);
  return narrow;
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
