import { type FileHandle, open, readdir, realpath, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { type Entry, fromFd, type ZipFile } from 'yauzl';
import { byCodePoint } from '../../data/table.ts';
import { UserError } from '../../text.ts';
import { fileError } from '../fileError.ts';

/** Files below one place, in a folder or in a zip archive. */
export interface FileTree {
  /** Its name in messages. */
  readonly name: string;
  /** Paths below the place, with `/` between names, in order of code points. */
  readonly paths: readonly string[];
  /** Bytes of a file before it is read. */
  size(path: string): Promise<number>;
  /** Changes whenever the content of a file may have changed. Empty where the file is gone. */
  stamp(path: string): Promise<string>;
  /** Reads a whole file. Throws UserError. */
  read(path: string): Promise<Uint8Array>;
  close(): Promise<void>;
}

/** Files of a folder beyond this are no dataset but a disk. */
const MOST_FILES = 2_000_000;
/** Bytes of the largest file that is read as a whole. */
const MOST_BYTES = 2 ** 31;

/** Place, size and times of a file. Programs can set back the time of its content, but not that of its status. */
async function stampOf(file: string): Promise<string> {
  const found = await stat(file, { bigint: true }).catch(() => null);
  return found === null ? '' : [found.dev, found.ino, found.size, found.mtimeNs, found.ctimeNs].join();
}

/** A folder and the folders in it. A link to a folder that was visited already is passed over. Throws UserError. */
export async function openFolder(folder: string): Promise<FileTree> {
  const paths: string[] = [];
  const visited = new Set<string>();
  const walk = async (below: string): Promise<void> => {
    const place = join(folder, below);
    const real = await realpath(place);
    if (visited.has(real)) return;
    visited.add(real);
    for (const entry of await readdir(place, { withFileTypes: true })) {
      const path = below === '' ? entry.name : `${below}/${entry.name}`;
      const target = entry.isSymbolicLink() ? await stat(join(folder, path)).catch(() => null) : entry;
      if (target?.isFile()) paths.push(path);
      // A folder that cannot be read hides its files; those of the others are a dataset all the same.
      else if (target?.isDirectory()) await walk(path).catch(() => {});
      if (paths.length > MOST_FILES) throw tooManyFiles(folder);
    }
  };
  try {
    await walk('');
  } catch (error) {
    throw error instanceof UserError ? error : fileError(folder, error);
  }
  return {
    name: basename(folder),
    paths: paths.sort(byCodePoint),
    size: async (path) => (await stat(join(folder, path))).size,
    stamp: (path) => stampOf(join(folder, path)),
    read: async (path) => {
      const file = join(folder, path);
      let handle: FileHandle | null = null;
      try {
        handle = await open(file);
        const { size } = await handle.stat();
        if (size > MOST_BYTES) throw tooLarge(path, size);
        return await handle.readFile();
      } catch (error) {
        throw error instanceof UserError ? error : fileError(file, error);
      } finally {
        await handle?.close();
      }
    },
    close: async () => {},
  };
}

/** A zip archive, whose files are read where they lie. Throws UserError. */
export async function openZip(file: string): Promise<FileTree> {
  const handle = await open(file).catch((error: unknown) => {
    throw fileError(file, error);
  });
  try {
    const zip = await new Promise<ZipFile>((resolve, reject) => {
      fromFd(handle.fd, { lazyEntries: true, autoClose: false }, (error, opened) =>
        error === null ? resolve(opened) : reject(error),
      );
    });
    const archive = await stampOf(file);
    const entries = await entriesOf(zip, file);
    return {
      name: basename(file),
      paths: [...entries.keys()].sort(byCodePoint),
      size: async (path) => entries.get(path)?.uncompressedSize ?? 0,
      stamp: async (path) => [archive, entries.get(path)?.crc32, entries.get(path)?.uncompressedSize].join(),
      read: (path) => readEntry(zip, entries.get(path) as Entry, file),
      close: () => handle.close(),
    };
  } catch (error) {
    await handle.close();
    throw error instanceof UserError ? error : damagedZip(file, error);
  }
}

/** Names that leave the archive (`../x`, `/x`) are refused by yauzl. */
function entriesOf(zip: ZipFile, file: string): Promise<Map<string, Entry>> {
  return new Promise((resolve, reject) => {
    const entries = new Map<string, Entry>();
    zip.on('entry', (entry: Entry) => {
      if (!entry.fileName.endsWith('/')) entries.set(entry.fileName, entry);
      if (entries.size > MOST_FILES) reject(tooManyFiles(file));
      else zip.readEntry();
    });
    zip.on('end', () => resolve(entries));
    zip.on('error', reject);
    zip.readEntry();
  });
}

/** An entry may unpack to this many times its own bytes, or to the least. */
const MOST_TIMES = 1100;
const LEAST_UNPACKED = 2 ** 24;

function readEntry(zip: ZipFile, entry: Entry, file: string): Promise<Uint8Array> {
  const limit = Math.min(MOST_BYTES, Math.max(LEAST_UNPACKED, MOST_TIMES * entry.compressedSize));
  if (entry.uncompressedSize > limit) return Promise.reject(tooLarge(entry.fileName, entry.uncompressedSize));
  return new Promise((resolve, reject) => {
    const fail = (error: unknown) => reject(damagedZip(`${file}/${entry.fileName}`, error));
    if (entry.isEncrypted()) return reject(encrypted(file));
    zip.openReadStream(entry, (error, stream) => {
      if (error !== null) return fail(error);
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => resolve(Buffer.concat(chunks)));
      stream.on('error', fail);
    });
  });
}

const tooManyFiles = (place: string) =>
  new UserError({
    en: `“${place}” contains more than ${MOST_FILES.toLocaleString('en-US')} files. Choose the folder of the dataset itself.`,
    zh: `“${place}”中的文件超过 ${MOST_FILES.toLocaleString('en-US')} 个。请选择数据集所在的文件夹。`,
  });

const tooLarge = (path: string, bytes: number) =>
  new UserError({
    en: `“${path}” has ${bytes.toLocaleString('en-US')} bytes unpacked, more than a file of a dataset may have. Unpack the archive, or remove the file.`,
    zh: `“${path}”解压后有 ${bytes.toLocaleString('en-US')} 字节，超过数据文件的上限。请先解压，或删除该文件。`,
  });

const damagedZip = (file: string, error: unknown) => {
  const reason = error instanceof Error ? error.message : String(error);
  return new UserError({
    en: `“${file}” cannot be read as a zip archive: ${reason}. Download it again, or pack it again.`,
    zh: `无法将“${file}”作为 zip 文件读取：${reason}。请重新下载或重新打包。`,
  });
};

const encrypted = (file: string) =>
  new UserError({
    en: `The files in “${file}” are encrypted. Unpack the archive with its password and choose the folder.`,
    zh: `“${file}”中的文件已加密。请用密码解压，然后选择解压后的文件夹。`,
  });
