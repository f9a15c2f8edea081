import { type ColorImage, colorImage } from '../data/imageInput.ts';
import { requireImage } from '../engine/data/decodeImage.ts';
import { reasonOf } from '../engine/data/imageFault.ts';
import { orientationOf } from '../engine/data/orientation.ts';
import { UserError } from '../text.ts';

/**
 * Images above this number of pixels are scaled down while a pixel takes 4 bytes, before the conversion to floats takes
 * 12.
 */
const ENOUGH_PIXELS = 2 ** 20;

/** True if the bytes begin like a PNG, JPEG or WebP file. */
export function isImage(bytes: Uint8Array): boolean {
  const start = Buffer.from(bytes.subarray(0, 12)).toString('latin1');
  return start.startsWith('\x89PNG') || start.startsWith('\xff\xd8\xff') || /^RIFF.{4}WEBP/s.test(start);
}

/**
 * Decodes a PNG, JPEG or WebP file and applies its EXIF orientation. Throws UserError if the image is damaged or too
 * large.
 */
export async function readImage(bytes: Uint8Array, name: string): Promise<ColorImage> {
  // Imported here because the module loads native code that no other command needs.
  const { Transformer, ResizeFilterType, ResizeFit } = await import('@napi-rs/image');
  try {
    requireImage(bytes);
    const orientation = orientationOf(bytes);
    const transformer = new Transformer(bytes);
    const { width, height } = await transformer.metadata();
    // EXIF orientations from 5 on rotate by 90°, which swaps width and height.
    const [across, down] = orientation >= 5 ? [height, width] : [width, height];
    const scale = Math.min(1, Math.sqrt(ENOUGH_PIXELS / (across * down)));
    const size = { width: Math.max(1, Math.round(scale * across)), height: Math.max(1, Math.round(scale * down)) };
    const turned = transformer.rotate(orientation);
    const image =
      scale < 1 ? turned.resize({ ...size, filter: ResizeFilterType.Triangle, fit: ResizeFit.Fill }) : turned;
    const pixels = await image.opacity(1).rawPixels();
    return colorImage(size.width, size.height, asBytes(pixels, size.width * size.height));
  } catch (error) {
    throw error instanceof UserError ? error : damagedImage(name, error);
  }
}

/** The image cannot be decoded; `error` is that of the decoder. */
export function damagedImage(name: string, error: unknown): UserError {
  const reason = reasonOf(error);
  return new UserError({
    en: `“${name}” is a damaged image: ${reason.en}. Save it again as PNG or JPEG.`,
    zh: `图像“${name}”已损坏：${reason.zh}。请重新保存为 PNG 或 JPEG。`,
  });
}

/** RGBA with one byte per channel, from 8 or 16 bits per channel in the file. */
function asBytes(pixels: Uint8Array, count: number): ArrayLike<number> {
  if (pixels.length === 4 * count) return pixels;
  const wide = new Uint16Array(pixels.buffer, pixels.byteOffset, 4 * count);
  return Uint8Array.from(wide, (value) => Math.round(value / 257));
}
