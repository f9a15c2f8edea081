import { readFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import { UserError } from '../text.ts';
import { fileError, refuseDevice } from './fileError.ts';

/**
 * Limits on the unpacked size of a gzip file: in bytes, and relative to its size. Images become about five times
 * larger.
 */
const LEAST_UNPACKED = 64 * 2 ** 20;
const MOST_UNPACKED = 2 ** 30;
const MOST_TIMES = 100;

const tooLargeUnpacked = (path: string): UserError =>
  new UserError({
    en: `“${path}” unpacks to a much larger size than usual. If this is intended, unpack it (gunzip) and use the unpacked file.`,
    zh: `“${path}”解压后远大于正常数据。如确实如此，请先解压（gunzip），再使用解压后的文件。`,
  });

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
  const limit = Math.max(LEAST_UNPACKED, MOST_TIMES * bytes.length);
  try {
    return gunzipSync(bytes, { maxOutputLength: Math.min(limit, MOST_UNPACKED) });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw tooLargeUnpacked(path);
    throw new UserError({
      en: `“${path}” is a damaged or incomplete gzip file. Download it again.`,
      zh: `“${path}”是损坏或不完整的 gzip 文件。请重新下载。`,
    });
  }
}
