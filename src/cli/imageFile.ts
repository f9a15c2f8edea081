import { type ColourImage, colourImage } from '../data/pictureInput.ts';
import { UserError } from '../text.ts';

/** Pixels of the largest image that is decoded: twice what today's cameras make, 0.5 GB. */
const MOST_PIXELS = 2 ** 27;
/** Pixels that are looked at: larger images are made smaller while they are bytes, not yet numbers of 12 bytes a pixel. */
const ENOUGH_PIXELS = 2 ** 20;

/** True for the first bytes of a PNG, JPEG or WebP file. */
export function isImage(bytes: Uint8Array): boolean {
  const start = Buffer.from(bytes.subarray(0, 12)).toString('latin1');
  return start.startsWith('\x89PNG') || start.startsWith('\xff\xd8\xff') || /^RIFF.{4}WEBP/s.test(start);
}

/** Decodes a PNG, JPEG or WebP file, turned as its EXIF orientation says. Throws UserError for one that is damaged or too large. */
export async function readImage(bytes: Uint8Array, name: string): Promise<ColourImage> {
  // Native code that no other command needs.
  const { Transformer, ResizeFilterType, ResizeFit } = await import('@napi-rs/image');
  try {
    const { width, height, orientation = 1 } = await new Transformer(bytes).metadata(true);
    if (width * height > MOST_PIXELS) throw tooLarge(name, width, height);
    // Turning by a quarter exchanges width and height.
    const [across, down] = orientation >= 5 ? [height, width] : [width, height];
    const scale = Math.min(1, Math.sqrt(ENOUGH_PIXELS / (across * down)));
    const size = { width: Math.max(1, Math.round(scale * across)), height: Math.max(1, Math.round(scale * down)) };
    const turned = new Transformer(bytes).rotate();
    const image =
      scale < 1 ? turned.resize({ ...size, filter: ResizeFilterType.Triangle, fit: ResizeFit.Fill }) : turned;
    const pixels = await image.opacity(1).rawPixels();
    return colourImage(size.width, size.height, asBytes(pixels, size.width * size.height));
  } catch (error) {
    if (error instanceof UserError) throw error;
    const reason = (error instanceof Error ? error.message : String(error)).trim();
    throw new UserError({
      en: `'${name}' is a damaged image: ${reason}. Save it again as PNG or JPEG.`,
      zh: `“${name}”是损坏的图像：${reason}。请重新保存为 PNG 或 JPEG。`,
    });
  }
}

/** RGBA of one byte each, from the 8 or 16 bits that a channel has in the file. */
function asBytes(pixels: Uint8Array, count: number): ArrayLike<number> {
  if (pixels.length === 4 * count) return pixels;
  const wide = new Uint16Array(pixels.buffer, pixels.byteOffset, 4 * count);
  return Uint8Array.from(wide, (value) => Math.round(value / 257));
}

const tooLarge = (name: string, width: number, height: number) =>
  new UserError({
    en: `'${name}' has ${width}×${height} pixels; at most ${MOST_PIXELS.toLocaleString('en-US')} are read. Make it smaller.`,
    zh: `“${name}”有 ${width}×${height} 像素，最多读取 ${MOST_PIXELS.toLocaleString('en-US')} 个。请缩小图像。`,
  });
