/** Width and height of an image in pixels, before it is turned by its EXIF orientation. */
export interface ImageSize {
  readonly width: number;
  readonly height: number;
}

/**
 * The size that the header of a PNG, JPEG, GIF, WebP, BMP or PNM file states, read without decoding anything: the size decides
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
  const [, width, height] = /^P[1-6](?:\s|#[^\n]*\n)+(\d+)(?:\s|#[^\n]*\n)+(\d+)/.exec(startOf(bytes, 0, 512)) ?? [];
  return width === undefined || height === undefined ? null : { width: Number(width), height: Number(height) };
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

/** Walks the segments of a JPEG file (ITU-T T.81, annex B). Null where no frame is found. */
export function jpegFrame(bytes: Uint8Array): JpegFrame | null {
  let size: ImageSize | null = null;
  const found = (isComplete: boolean) => (size === null ? null : { ...size, isComplete });
  for (let at = bytes.indexOf(0xff, 2); at >= 0 && at + 1 < bytes.length; at = bytes.indexOf(0xff, at)) {
    const marker = bytes[at + 1] as number;
    if (marker === 0xd9) return found(true);
    // Fill bytes, escaped bytes of a scan, and markers without a segment.
    if (marker === 0xff) at += 1;
    else if (marker === 0 || marker === 1 || (marker >= 0xd0 && marker <= 0xd8)) at += 2;
    else {
      const number = (place: number) => 0x100 * (bytes[at + place] ?? 0) + (bytes[at + place + 1] ?? 0);
      const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
      if (isFrame && at + 9 <= bytes.length) size = { height: number(5), width: number(7) };
      at += 2 + Math.max(2, number(2));
    }
  }
  return found(false);
}
