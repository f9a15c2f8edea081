import { jpegSegments } from './jpegSegments.ts';
import { tiffTags } from './tiffTags.ts';

const ORIENTATION = 0x112;
const START_OF_SCAN = 0xda;
const APP1 = 0xe1;

const textOf = (bytes: Uint8Array, from: number, to: number): string =>
  String.fromCharCode(...bytes.subarray(from, to));

/** EXIF data that may begin with its name. */
const unnamed = (exif: Uint8Array): Uint8Array => (textOf(exif, 0, 6) === 'Exif\0\0' ? exif.subarray(6) : exif);

/** The EXIF data of a JPEG, PNG or WebP file, which is laid out as TIFF, or a TIFF file itself; null where there is none. */
function exifOf(bytes: Uint8Array): Uint8Array | null {
  const start = textOf(bytes, 0, 4);
  if (start.startsWith('\xff\xd8')) {
    for (const { marker, content } of jpegSegments(bytes)) {
      if (marker === START_OF_SCAN) return null;
      if (marker === APP1 && textOf(content, 0, 6) === 'Exif\0\0') return unnamed(content);
    }
    return null;
  }
  if (start === '\x89PNG')
    return chunkOf(bytes, { from: 8, name: 'eXIf', nameAt: 4, sizeAt: 0, little: false, rest: 4 });
  if (start === 'RIFF') return chunkOf(bytes, { from: 12, name: 'EXIF', nameAt: 0, sizeAt: 4, little: true, rest: 0 });
  return /^(II\*\0|MM\0\*)/.test(start) ? bytes : null;
}

interface Chunks {
  /** Place of the first chunk. */
  readonly from: number;
  readonly name: string;
  readonly nameAt: number;
  readonly sizeAt: number;
  readonly little: boolean;
  /** Bytes behind the content of a chunk. */
  readonly rest: number;
}

function chunkOf(bytes: Uint8Array, { from, name, nameAt, sizeAt, little, rest }: Chunks): Uint8Array | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = from; at + 8 <= bytes.length; ) {
    const size = view.getUint32(at + sizeAt, little);
    if (textOf(bytes, at + nameAt, at + nameAt + 4) === name) return unnamed(bytes.subarray(at + 8, at + 8 + size));
    // Chunks of WebP begin at even places.
    at += 8 + size + rest + (little ? size % 2 : 0);
  }
  return null;
}

/** The EXIF orientation of an image file, 1 to 8: 1 is upright, those from 5 on exchange width and height. */
export function orientationOf(bytes: Uint8Array): number {
  const exif = exifOf(bytes);
  const orientation = exif === null ? 1 : (tiffTags(exif).get(ORIENTATION) ?? 1);
  return orientation >= 1 && orientation <= 8 ? orientation : 1;
}
