import { readFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import { sizeText } from '../sizeText.ts';
import { UserError } from '../text.ts';
import { fileError, refuseDevice } from './fileError.ts';

/**
 * Limits on the unpacked size of packed files: in bytes, and relative to the packed size. Images become about five times
 * larger.
 */
const LEAST_UNPACKED = 64 * 2 ** 20;
const MOST_UNPACKED = 2 ** 30;
const MOST_TIMES = 100;

/** Bytes that a packed file may unpack to. */
export const unpackLimit = (packed: number): number =>
  Math.max(packed, LEAST_UNPACKED, Math.min(MOST_UNPACKED, MOST_TIMES * packed));

const tooLargeUnpacked = (path: string, packed: number): UserError => {
  const [from, to] = [sizeText(packed), sizeText(unpackLimit(packed))];
  return new UserError({
    en: `“${path}” unpacks from ${from} to more than ${to}, a much larger size than usual. If this is intended, unpack it (gunzip) and use the unpacked file.`,
    zh: `“${path}”由 ${from} 解压后超过 ${to}，远大于正常数据。如确实如此，请先解压（gunzip），再使用解压后的文件。`,
  });
};

/** Reads a file, and decompresses it if it is gzipped. Throws UserError. */
export async function readBytes(path: string): Promise<Uint8Array> {
  let bytes: Uint8Array;
  try {
    await refuseDevice(path);
    bytes = await readFile(path);
  } catch (error) {
    throw error instanceof UserError ? error : fileError(path, error);
  }
  return unpacked(bytes, path);
}

/** Bytes of a file, decompressed if they are gzip. `path` is the file's name in messages. Throws UserError. */
export function unpacked(bytes: Uint8Array, path: string): Uint8Array {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  try {
    return gunzipSync(bytes, { maxOutputLength: unpackLimit(bytes.length) });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw tooLargeUnpacked(path, bytes.length);
    throw new UserError({
      en: `“${path}” is a damaged or incomplete gzip file. Download it again.`,
      zh: `“${path}”是损坏或不完整的 gzip 文件。请重新下载。`,
    });
  }
}
