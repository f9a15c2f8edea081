import { createHash, randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { access, type FileHandle, mkdir, open, readdir, rename, rm, stat, utimes } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { z } from 'zod';
import { type Text, textSchema } from '../../text.ts';

/** Bytes of all decoded images on disk together. */
export const MOST_KEPT = 20e9;
/** Images of fewer bytes, before decoding, are decoded again each time: that takes less than a second. */
export const WORTH_KEEPING = 2 ** 22;

/** Changes whenever the same files and settings give other bytes than before. */
export const FORMAT = 'netloom decoded images 6';
const NAME = /^[\da-f]{64}\.pixels$/;
/** Bytes that are read or written at once. */
const CHUNK = 2 ** 24;
/** Bytes of SHA-256. */
export const DIGEST = 32;
/** Age (ms) of a temporary file that no process writes any more. */
const ABANDONED = 24 * 3600 * 1000;

const header = z.object({
  /** Bytes of one image, and the number of images that could be decoded. */
  sample: z.int().positive(),
  count: z.int().nonnegative(),
  /** Places in the list of files that could not be decoded, with the reasons. */
  unreadable: z.array(z.tuple([z.int().nonnegative(), textSchema])),
  recolored: z.int().nonnegative(),
  /** SHA-256 of the files of the images, one behind the other. */
  digests: z.base64().transform((text) => new Uint8Array(Buffer.from(text, 'base64'))),
});

/** Decoded images in the order of their files, without those that could not be decoded. */
export interface DecodedImages {
  readonly sample: number;
  /** Bytes [count, sample] in shared memory. */
  readonly pixels: Uint8Array<SharedArrayBuffer>;
  readonly unreadable: ReadonlyMap<number, Text>;
  /** Number of images that were turned from color to gray, or from gray to color. */
  readonly recolored: number;
  /** SHA-256 [count, 32] of the files. */
  readonly digests: Uint8Array;
}

/** Name of decoded images: a hash of everything that decides on their bytes. */
export const decodedKey = (parts: unknown): string =>
  createHash('sha256')
    .update(JSON.stringify([FORMAT, parts]))
    .digest('hex');

/** Folder of the system for files that can be made again. */
export function cacheFolder(platform = process.platform, env: NodeJS.ProcessEnv = process.env): string {
  if (platform === 'win32') return join(env.LOCALAPPDATA ?? join(homedir(), 'AppData', 'Local'), 'Netloom', 'Cache');
  if (platform === 'darwin') return join(homedir(), 'Library', 'Caches', 'Netloom');
  return join(env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'netloom');
}

/**
 * Decoded images on disk, one file per dataset and image size. The cache only saves time: a file that is missing, damaged or
 * cannot be written is the same as none, so no method throws because of the disk.
 */
export class DecodedCache {
  readonly folder: string;
  /** Bytes of files from which on their images are worth keeping. */
  readonly worth: number;
  readonly #most: number;

  constructor(folder = join(cacheFolder(), 'decoded'), most = MOST_KEPT, worth = WORTH_KEEPING) {
    this.folder = folder;
    this.worth = worth;
    this.#most = most;
  }

  /** The images kept under a key; null if there are none or the file is damaged, which is then removed. */
  async find(key: string): Promise<DecodedImages | null> {
    const path = this.#path(key);
    const file = await open(path, 'r').catch(() => null);
    if (file === null) return null;
    try {
      const decoded = await readDecoded(file);
      // The time of last use decides which file goes first.
      await utimes(path, new Date(), new Date()).catch(() => {});
      return decoded;
    } catch {
      await rm(path, { force: true }).catch(() => {});
      return null;
    } finally {
      await file.close().catch(() => {});
    }
  }

  /** True where images of so many bytes can be kept. */
  async hasRoom(bytes: number): Promise<boolean> {
    if (bytes > this.#most) return false;
    try {
      await mkdir(this.folder, { recursive: true });
      await access(this.folder, constants.W_OK);
      return true;
    } catch {
      return false;
    }
  }

  /** Keeps images under a key and removes the files used longest ago where all together are too large. True if they are kept. */
  async keep(key: string, decoded: DecodedImages): Promise<boolean> {
    if (decoded.pixels.length > this.#most) return false;
    const temporary = join(this.folder, `${key}.${process.pid}.${randomBytes(4).toString('hex')}.new`);
    try {
      await mkdir(this.folder, { recursive: true });
      await this.#trim(decoded.pixels.length + Math.ceil((4 * decoded.digests.length) / 3));
      const file = await open(temporary, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL, 0o600);
      try {
        await writeDecoded(file, decoded);
      } finally {
        await file.close();
      }
      await rename(temporary, this.#path(key));
      return true;
    } catch {
      await rm(temporary, { force: true }).catch(() => {});
      return false;
    }
  }

  /** Bytes on disk. */
  async size(): Promise<number> {
    return (await this.#files()).reduce((sum, { bytes }) => sum + bytes, 0);
  }

  /** Removes all decoded images, and returns their bytes. A file that cannot be removed stays and does not count. */
  async clear(): Promise<number> {
    let cleared = 0;
    for (const { path, bytes } of await this.#files()) {
      await rm(path, { force: true }).then(
        () => {
          cleared += bytes;
        },
        () => {},
      );
    }
    return cleared;
  }

  #path(key: string): string {
    return join(this.folder, `${key}.pixels`);
  }

  async #files(): Promise<{ readonly path: string; readonly bytes: number; readonly used: number }[]> {
    const files = [];
    for (const name of await readdir(this.folder).catch(() => [])) {
      const path = join(this.folder, name);
      const found = await stat(path).catch(() => null);
      if (found === null) continue;
      if (NAME.test(name)) files.push({ path, bytes: found.size, used: found.mtimeMs });
      else if (name.endsWith('.new') && Date.now() - found.mtimeMs > ABANDONED) await rm(path, { force: true });
    }
    return files;
  }

  async #trim(coming: number): Promise<void> {
    const files = (await this.#files()).sort((a, b) => a.used - b.used);
    let total = files.reduce((sum, { bytes }) => sum + bytes, coming);
    for (const { path, bytes } of files) {
      if (total <= this.#most) return;
      await rm(path, { force: true });
      total -= bytes;
    }
  }
}

/** A file is: length of the header (4 bytes), header (JSON), CRC-32 of header and pixels (4 bytes), pixels. */
async function writeDecoded(
  file: FileHandle,
  { sample, pixels, unreadable, recolored, digests }: DecodedImages,
): Promise<void> {
  const count = pixels.length / sample;
  const head = Buffer.from(
    JSON.stringify({
      sample,
      count,
      unreadable: [...unreadable],
      recolored,
      digests: Buffer.from(digests).toString('base64'),
    } satisfies z.input<typeof header>),
  );
  const start = Buffer.alloc(4);
  start.writeUInt32LE(head.length);
  let sum = crc32(head);
  for (const chunk of chunks(pixels)) sum = crc32(chunk, sum);
  const end = Buffer.alloc(4);
  end.writeUInt32LE(sum);
  for (const bytes of [start, head, end, ...chunks(pixels)]) {
    const { bytesWritten } = await file.write(bytes);
    if (bytesWritten !== bytes.length) throw new Error('the disk is full');
  }
}

/** Throws an Error if the file is damaged. */
async function readDecoded(file: FileHandle): Promise<DecodedImages> {
  const { size } = await file.stat();
  const length = (await read(file, Buffer.alloc(4))).readUInt32LE();
  if (length > size) throw damaged();
  const head = await read(file, Buffer.alloc(length));
  const expected = (await read(file, Buffer.alloc(4))).readUInt32LE();
  const { sample, count, unreadable, recolored, digests } = header.parse(JSON.parse(head.toString()));
  if (size !== 4 + length + 4 + sample * count || digests.length !== DIGEST * count) throw damaged();
  const pixels = new Uint8Array(new SharedArrayBuffer(sample * count));
  let sum = crc32(head);
  for (const chunk of chunks(pixels)) sum = crc32(await read(file, chunk), sum);
  if (sum !== expected) throw damaged();
  return { sample, pixels, unreadable: new Map(unreadable), recolored, digests };
}

/** Fills `into` from the present place of the file. */
async function read<T extends Uint8Array>(file: FileHandle, into: T): Promise<T> {
  for (let at = 0; at < into.length; ) {
    const { bytesRead } = await file.read(into, at, into.length - at);
    if (bytesRead === 0) throw damaged();
    at += bytesRead;
  }
  return into;
}

const damaged = (): Error => new Error('damaged');

function* chunks(bytes: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += CHUNK) yield bytes.subarray(at, at + CHUNK);
}
