import { type FileHandle, open, readdir, realpath, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { crc32 } from 'node:zlib';
import { type Entry, fromFd, type ZipFile } from 'yauzl';
import type { UnreadableFile } from '../../data/dataset.ts';
import { byCodePoint } from '../../data/table.ts';
import { sizeText } from '../../sizeText.ts';
import { type Text, UserError } from '../../text.ts';
import { fileError } from '../fileError.ts';
import { reasonOf } from '../fileReason.ts';
import { unpackLimit } from '../readBytes.ts';
import { namesOf } from './zipName.ts';

/** Files below one place, in a folder or in a zip archive. */
export interface FileTree {
  /** Its name in messages. */
  readonly name: string;
  /** Paths below the place, with `/` between names, in order of code points. */
  readonly paths: readonly string[];
  /** Folders that cannot be read. */
  readonly unreadable: readonly UnreadableFile[];
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
/** An entry of an archive takes about 1 kB of memory. */
const MOST_ENTRIES = 500_000;
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
  const unreadable: UnreadableFile[] = [];
  const visited = new Set<string>();
  // A folder that cannot be read hides its files; those of the others are a dataset all the same.
  const leaveOut = (path: string, error: unknown) => {
    if (error instanceof UserError) throw error;
    unreadable.push({ file: `${path}/`, reason: reasonOf(error) });
  };
  const walk = async (below: string): Promise<void> => {
    const place = join(folder, below);
    const real = await realpath(place);
    if (visited.has(real)) return;
    visited.add(real);
    for (const entry of await readdir(place, { withFileTypes: true })) {
      const path = below === '' ? entry.name : `${below}/${entry.name}`;
      const target = entry.isSymbolicLink() ? await stat(join(folder, path)).catch(() => null) : entry;
      // A link to nothing is a file that cannot be read.
      if (target === null || target.isFile()) paths.push(path);
      else if (target.isDirectory()) await walk(path).catch((error: unknown) => leaveOut(path, error));
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
    unreadable,
    size: async (path) => (await stat(join(folder, path))).size,
    stamp: (path) => stampOf(join(folder, path)),
    read: async (path) => {
      const file = join(folder, path);
      let handle: FileHandle | null = null;
      try {
        handle = await open(file);
        const { size } = await handle.stat();
        if (size > MOST_BYTES) throw tooLarge(path, size, MOST_BYTES);
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
      fromFd(handle.fd, { lazyEntries: true, autoClose: false, decodeStrings: false }, (error, opened) =>
        error === null ? resolve(opened) : reject(error),
      );
    });
    const archive = await stampOf(file);
    if (zip.entryCount > MOST_ENTRIES) throw tooManyEntries(file, zip.entryCount);
    const entries = await entriesOf(zip);
    const packed = [...entries.values()].reduce((sum, { compressedSize }) => sum + compressedSize, 0);
    // Files that share their bytes would unpack to any size.
    if (packed > zip.fileSize) throw damagedZip(file, { en: 'its files overlap', zh: '其中的文件相互重叠' });
    return {
      name: basename(file),
      paths: [...entries.keys()].sort(byCodePoint),
      unreadable: [],
      size: async (path) => entries.get(path)?.uncompressedSize ?? 0,
      stamp: async (path) => [archive, entries.get(path)?.crc32, entries.get(path)?.uncompressedSize].join(),
      read: (path) => readEntry(zip, entries.get(path) as Entry, file, path),
      close: () => handle.close(),
    };
  } catch (error) {
    await handle.close();
    throw error instanceof UserError ? error : damagedZip(file, error as Error);
  }
}

/** The files of an archive, by their paths. */
async function entriesOf(zip: ZipFile): Promise<Map<string, Entry>> {
  const entries = await new Promise<readonly Entry[]>((resolve, reject) => {
    const read: Entry[] = [];
    zip.on('entry', (entry: Entry) => {
      read.push(entry);
      zip.readEntry();
    });
    zip.on('end', () => resolve(read));
    zip.on('error', reject);
    zip.readEntry();
  });
  const names = namesOf(entries);
  const named = entries.map((entry, at) => [names[at] as string, entry] as const);
  return new Map(named.filter(([name]) => !name.endsWith('/')));
}

function readEntry(zip: ZipFile, entry: Entry, file: string, name: string): Promise<Uint8Array> {
  const path = `${file}/${name}`;
  const { compressedSize, uncompressedSize } = entry;
  const limit = Math.min(MOST_BYTES, unpackLimit(compressedSize));
  if (uncompressedSize > limit) return Promise.reject(tooLarge(path, uncompressedSize, limit));
  return new Promise((resolve, reject) => {
    const fail = (error: Error | Text) => reject(damagedZip(path, error));
    if (entry.isEncrypted()) return reject(encrypted(file));
    // The stream ends with an error once there are more bytes than the entry states.
    zip.openReadStream(entry, (error, stream) => {
      if (error !== null) return fail(error);
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const bytes = Buffer.concat(chunks);
        if (crc32(bytes) === entry.crc32) resolve(bytes);
        else fail({ en: 'its checksum differs', zh: '校验和不符' });
      });
      stream.on('error', fail);
    });
  });
}

const tooManyFiles = (place: string) =>
  new UserError({
    en: `“${place}” contains more than ${MOST_FILES.toLocaleString('en-US')} files. Choose the folder of the dataset itself.`,
    zh: `“${place}”中的文件超过 ${MOST_FILES.toLocaleString('en-US')} 个。请选择数据集所在的文件夹。`,
  });

const tooManyEntries = (file: string, entries: number) =>
  new UserError({
    en: `“${file}” contains ${entries.toLocaleString('en-US')} files; archives of at most ${MOST_ENTRIES.toLocaleString('en-US')} are read. Unpack it and choose the folder.`,
    zh: `“${file}”中有 ${entries.toLocaleString('en-US')} 个文件，压缩包上限为 ${MOST_ENTRIES.toLocaleString('en-US')} 个。请解压后选择文件夹。`,
  });

const tooLarge = (path: string, bytes: number, limit: number) =>
  new UserError({
    en: `“${path}” has ${sizeText(bytes)} unpacked, more than the ${sizeText(limit)} that are read. Unpack the archive, or remove the file.`,
    zh: `“${path}”解压后有 ${sizeText(bytes)}，超过上限 ${sizeText(limit)}。请先解压，或删除该文件。`,
  });

/** Reasons of the zip reader in the words of this program. */
function zipReason(error: Error): Text {
  const message = error.message.replace(/\.$/, '');
  if (/end of central directory record signature not found|unexpected EOF/i.test(message)) {
    return { en: 'the archive is cut off', zh: '文件不完整' };
  }
  const outside = /(?:(?:relative|absolute) path|in fileName): (.*)$/is.exec(message)?.[1];
  if (outside !== undefined)
    return { en: `the path “${outside}” in it leads out of it`, zh: `其中的路径“${outside}”指向压缩包之外` };
  const [, known] = ZIP_REASONS.find(([words]) => words.test(message)) ?? [];
  return known ?? { en: 'its directory is damaged', zh: '目录已损坏' };
}

/** Kinds of refusals of the zip reader, by words in its messages. */
const ZIP_REASONS: readonly (readonly [RegExp, Text])[] = [
  [/(too many|not enough) bytes/i, { en: 'the size that it states is wrong', zh: '所记录的大小有误' }],
  [
    /distance|(invalid|unknown) (block|code|stored|literal|bit)|incorrect (header|data|length)|window size/i,
    { en: 'its compressed data is wrong', zh: '压缩数据有误' },
  ],
  [/encrypt|password/i, { en: 'it is encrypted', zh: '文件已加密' }],
  [/multi-disk/i, { en: 'it is one of several parts', zh: '它是分卷压缩文件之一' }],
  [/compression method/i, { en: 'its compression is not supported', zh: '不支持其压缩方式' }],
  [/too large/i, { en: 'it is too large', zh: '文件过大' }],
];

const damagedZip = (file: string, error: Error | Text) => {
  const reason = error instanceof Error ? zipReason(error) : error;
  return new UserError({
    en: `“${file}” cannot be read as a zip archive: ${reason.en}. Download it again, or pack it again.`,
    zh: `无法将“${file}”作为 zip 文件读取：${reason.zh}。请重新下载或重新打包。`,
  });
};

const encrypted = (file: string) =>
  new UserError({
    en: `The files in “${file}” are encrypted. Unpack the archive with its password and choose the folder.`,
    zh: `“${file}”中的文件已加密。请用密码解压，然后选择解压后的文件夹。`,
  });
