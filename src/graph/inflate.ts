import { Inflate, Unzlib } from 'fflate';

/** Bytes of input per step; zeros expand a thousandfold. */
const PIECE = 16 * 1024;

/** Decompressed bytes, up to the end of the stream, a damage or the limit. */
export interface InflateResult {
  readonly bytes: Uint8Array;
  /** True if the stream ended within the limit. */
  readonly whole: boolean;
}

/** Decompresses a stream of deflate, or of zlib (deflate with a header), to at most `limit` bytes. Never throws. */
export function inflateWithin(
  packed: Uint8Array,
  limit: number,
  format: 'deflate' | 'zlib' = 'deflate',
): InflateResult {
  const parts: Uint8Array[] = [];
  let length = 0;
  let ended = false;
  const take = (part: Uint8Array, final: boolean): void => {
    parts.push(part);
    length += part.length;
    ended = final;
  };
  const stream = format === 'zlib' ? new Unzlib(take) : new Inflate(take);
  try {
    for (let at = 0; at < packed.length && length <= limit; at += PIECE) {
      stream.push(packed.subarray(at, at + PIECE), at + PIECE >= packed.length);
    }
  } catch {
    ended = false;
  }
  return { bytes: joined(parts, Math.min(length, limit)), whole: ended && length <= limit };
}

function joined(parts: readonly Uint8Array[], length: number): Uint8Array {
  const [only] = parts;
  if (parts.length === 1 && only?.length === length) return only;
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    bytes.set(part.subarray(0, length - at), at);
    at += part.length;
    if (at >= length) break;
  }
  return bytes;
}
