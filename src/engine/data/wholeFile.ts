import { crc32 } from 'node:zlib';
import { END_OF_IMAGE, jpegSegments } from './jpegSegments.ts';

/**
 * True where the structure of an image file shows that nothing of it is missing and that its pixels are of a kind that is decoded.
 * False says nothing: decoding decides.
 */
export function isWholeFile(bytes: Uint8Array): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    if (bytes[0] === 0xff) return isWholeJpeg(bytes);
    if (bytes[0] === 0x89) return isWholePng(bytes, view);
    if (textAt(bytes, 0) === 'RIFF') return view.getUint32(4, true) + 8 <= bytes.length;
    if (textAt(bytes, 0) === 'GIF8') return bytes.at(-1) === END_OF_GIF;
    return textAt(bytes, 0).startsWith('BM') && isWholeBitmap(bytes, view);
  } catch (error) {
    // A header that is cut off.
    if (error instanceof RangeError) return false;
    throw error;
  }
}

const END_OF_GIF = 0x3b;

const textAt = (bytes: Uint8Array, at: number): string => String.fromCharCode(...bytes.subarray(at, at + 4));

/** Frames that the decoder reads: sequential and progressive ones with Huffman coding (ITU-T T.81, table B.1). */
const FRAMES = [0xc0, 0xc1, 0xc2];

function isWholeJpeg(bytes: Uint8Array): boolean {
  let isKnown = false;
  for (const { marker, content } of jpegSegments(bytes)) {
    if (marker === END_OF_IMAGE) return isKnown;
    if (FRAMES.includes(marker)) isKnown = content[0] === 8 && [1, 3, 4].includes(content[5] as number);
  }
  return false;
}

/** All chunks up to the last have their checksums. */
function isWholePng(bytes: Uint8Array, view: DataView): boolean {
  for (let at = 8; ; ) {
    const size = view.getUint32(at);
    const end = at + 8 + size;
    if (view.getUint32(end) !== crc32(bytes.subarray(at + 4, end))) return false;
    if (textAt(bytes, at + 4) === 'IEND') return true;
    at = end + 4;
  }
}

/** Rows without compression. */
function isWholeBitmap(bytes: Uint8Array, view: DataView): boolean {
  if (view.getUint32(14, true) < 40 || view.getUint32(30, true) !== 0) return false;
  const [width, height, bits] = [view.getInt32(18, true), Math.abs(view.getInt32(22, true)), view.getUint16(28, true)];
  const row = 4 * Math.ceil((width * bits) / 32);
  return width > 0 && height > 0 && view.getUint32(10, true) + row * height <= bytes.length;
}
