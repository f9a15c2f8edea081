import { END_OF_IMAGE, jpegSegments } from './jpegSegments.ts';
import { tiffTags } from './tiffTags.ts';

/** Width and height of an image in pixels, before it is turned by its EXIF orientation. */
export interface ImageSize {
  readonly width: number;
  readonly height: number;
}

/**
 * The size that the header of a PNG, JPEG, GIF, WebP, BMP, TIFF or PNM file states, read without decoding anything: the size decides
 * whether the image may be decoded. Null where the header is damaged or has another format.
 */
export function imageSize(bytes: Uint8Array): ImageSize | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    return sizeIn(bytes, view);
  } catch (error) {
    // A header that is cut off.
    if (error instanceof RangeError) return null;
    throw error;
  }
}

const startOf = (bytes: Uint8Array, from: number, to: number): string =>
  String.fromCharCode(...bytes.subarray(from, to));

function sizeIn(bytes: Uint8Array, view: DataView): ImageSize | null {
  const start = startOf(bytes, 0, 4);
  if (start === '\x89PNG') return { width: view.getUint32(16), height: view.getUint32(20) };
  if (start === 'GIF8') return { width: view.getUint16(6, true), height: view.getUint16(8, true) };
  if (start.startsWith('BM')) return bitmapSize(view);
  if (start === 'RIFF' && startOf(bytes, 8, 12) === 'WEBP') return webpSize(startOf(bytes, 12, 16), view);
  if (start.startsWith('\xff\xd8')) return jpegFrame(bytes);
  if (/^(II\*\0|MM\0\*)/.test(start)) return tiffSize(bytes);
  const [, width, height] = /^P[1-6](?:\s|#[^\n]*\n)+(\d+)(?:\s|#[^\n]*\n)+(\d+)/.exec(startOf(bytes, 0, 512)) ?? [];
  return width === undefined || height === undefined ? null : { width: Number(width), height: Number(height) };
}

function tiffSize(bytes: Uint8Array): ImageSize | null {
  const tags = tiffTags(bytes);
  const [width, height] = [tags.get(256), tags.get(257)];
  return width === undefined || height === undefined ? null : { width, height };
}

function bitmapSize(view: DataView): ImageSize {
  // The header of OS/2 is shorter.
  if (view.getUint32(14, true) === 12) return { width: view.getUint16(18, true), height: view.getUint16(20, true) };
  // A negative height lists the rows from the top.
  return { width: Math.abs(view.getInt32(18, true)), height: Math.abs(view.getInt32(22, true)) };
}

function webpSize(chunk: string, view: DataView): ImageSize | null {
  const uint24 = (at: number) => view.getUint16(at, true) + 0x10000 * view.getUint8(at + 2);
  switch (chunk) {
    case 'VP8X':
      return { width: 1 + uint24(24), height: 1 + uint24(27) };
    case 'VP8L': {
      const bits = view.getUint32(21, true);
      return { width: 1 + (bits & 0x3fff), height: 1 + ((bits >> 14) & 0x3fff) };
    }
    case 'VP8 ':
      return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff };
    default:
      return null;
  }
}

/** Size and completeness of a JPEG file. */
export interface JpegFrame extends ImageSize {
  /** False where the file ends before its end marker: decoders fill the rest with gray. */
  readonly isComplete: boolean;
}

/** Null where no frame is found. */
export function jpegFrame(bytes: Uint8Array): JpegFrame | null {
  let size: ImageSize | null = null;
  let isComplete = false;
  for (const { marker, content } of jpegSegments(bytes)) {
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame && content.length >= 5) size = { height: number(content, 1), width: number(content, 3) };
    isComplete = marker === END_OF_IMAGE;
  }
  return size === null ? null : { ...(size as ImageSize), isComplete };
}

const number = (bytes: Uint8Array, at: number): number => 0x100 * (bytes[at] as number) + (bytes[at + 1] as number);
