import { strFromU8, strToU8 } from 'fflate';
import { z } from 'zod';
import { sizeText } from '../sizeText.ts';
import { type Text, UserError } from '../text.ts';
import { crc32 } from './crc32.ts';
import { parseJson } from './json.ts';
import { isSafetensors } from './safetensors.ts';
import { LARGEST_ZIP, readZip, type SalvagedEntry, salvageZip, ZipError } from './zip.ts';
import { type ZipSource, zipParts } from './zipWrite.ts';

export const NETWORK = 'network.json';
export const WEIGHTS = 'weights.safetensors';
/** Folder of the last run in a project (src/engine/checkpoint.ts). */
export const RUNS = 'runs/';
const RUN_WEIGHTS = `${RUNS}last/weights.safetensors`;

/** List of all entries, so that changes are detected even if another program has zipped the file again. */
const MANIFEST = 'manifest.json';
const manifestSchema = z.object({
  version: z.int(),
  /** Length in bytes and CRC-32 in hexadecimal of each entry. */
  entries: z.record(z.string(), z.object({ bytes: z.int().nonnegative(), crc32: z.string() })),
});
type Manifest = z.infer<typeof manifestSchema>;

const sumOf = (bytes: Uint8Array): Manifest['entries'][string] => ({
  bytes: bytes.length,
  crc32: crc32(bytes).toString(16).padStart(8, '0'),
});

/** The undamaged entries of a project. */
export interface ProjectEntries {
  readonly entries: ReadonlyMap<string, Uint8Array>;
  /** Readable part of a damaged `network.json`; null if it is undamaged or nothing is readable. */
  readonly damagedNetwork: Uint8Array | null;
  /** Remarks about damage; empty if there is none. */
  readonly remarks: readonly Text[];
}

/** Reads the entries of a `.netloom` file. Strict reading throws a UserError if it is damaged. */
export function readEntries(file: Uint8Array, name: string, reading: 'strict' | 'lenient'): ProjectEntries {
  const { found, broken } = zipEntries(file);
  if (broken !== null && reading === 'strict') throw new UserError(damaged(name, broken));
  const manifest = manifestOf(found);
  if (manifest === 'damaged' && reading === 'strict') throw new UserError(damaged(name, MANIFEST));
  const entries = new Map<string, Uint8Array>();
  const lost: string[] = [];
  const listed = typeof manifest === 'object' ? manifest.entries : null;
  // Entries added by other programs are ignored.
  const names = listed === null ? [...found.keys()].filter(isOwnEntry) : Object.keys(listed);
  for (const entry of names) {
    const there = found.get(entry);
    const sum = listed?.[entry];
    if (there !== undefined && isSaved(entry, there, sum)) entries.set(entry, there.bytes);
    else lost.push(entry);
  }
  if (lost.length > 0 && reading === 'strict') throw new UserError(damaged(name, lost[0] as string));
  const isDamaged = broken !== null || manifest === 'damaged' || lost.length > 0;
  return {
    entries: withoutHalfARun(entries, lost),
    damagedNetwork: entries.has(NETWORK) ? null : (found.get(NETWORK)?.bytes ?? null),
    remarks: isDamaged ? remarksOn(lost, entries) : [],
  };
}

/**
 * The file of a project as consecutive parts; equal content gives equal bytes. Throws a UserError above `largest` bytes,
 * because the file could not be read again.
 */
export function writeEntries(entries: ReadonlyMap<string, Uint8Array>, largest = LARGEST_ZIP): Uint8Array[] {
  const manifest: Manifest = {
    version: 1,
    entries: Object.fromEntries([...entries].map(([entry, bytes]) => [entry, sumOf(bytes)])),
  };
  const [network, ...others] = [...entries].map(
    ([name, bytes]): ZipSource => ({ name, bytes, compress: !name.endsWith('.safetensors') }),
  );
  const list: ZipSource = { name: MANIFEST, bytes: strToU8(`${JSON.stringify(manifest, null, 1)}\n`), compress: true };
  const parts = zipParts([...(network === undefined ? [] : [network]), list, ...others]);
  const bytes = parts.reduce((sum, { length }) => sum + length, 0);
  if (bytes > largest) throw new UserError(tooLarge(bytes, largest));
  return parts;
}

function zipEntries(file: Uint8Array): {
  readonly found: ReadonlyMap<string, SalvagedEntry>;
  readonly broken: string | null;
} {
  try {
    const found = new Map(
      [...readZip(file)].map(([entry, bytes]): [string, SalvagedEntry] => [entry, { bytes, whole: true }]),
    );
    return { found, broken: null };
  } catch (error) {
    if (!(error instanceof ZipError)) throw error;
    return { found: salvageZip(file), broken: error.message };
  }
}

/** The manifest; older projects have none. */
function manifestOf(found: ReadonlyMap<string, SalvagedEntry>): Manifest | 'none' | 'damaged' {
  const entry = found.get(MANIFEST);
  if (entry === undefined) return 'none';
  if (!entry.whole) return 'damaged';
  try {
    return manifestSchema.parse(parseJson(strFromU8(entry.bytes)));
  } catch {
    return 'damaged';
  }
}

function isSaved(
  entry: string,
  { bytes, whole }: SalvagedEntry,
  sum: Manifest['entries'][string] | undefined,
): boolean {
  if (entry === WEIGHTS && !isSafetensors(bytes)) return false;
  if (sum === undefined) return whole;
  const now = sumOf(bytes);
  return now.bytes === sum.bytes && now.crc32 === sum.crc32;
}

/** True for entries of a project: no folders, no paths out of the zip, no files of other programs. */
const isOwnEntry = (entry: string): boolean =>
  entry !== MANIFEST && /^[\w.-]+(\/[\w.-]+)*$/.test(entry) && !/(^|\/)(\.|__)/.test(entry);

/** Removes an incomplete run: it cannot be resumed, and its best weights belong to a certain step. */
function withoutHalfARun(
  entries: ReadonlyMap<string, Uint8Array>,
  lost: readonly string[],
): ReadonlyMap<string, Uint8Array> {
  const runWeights = entries.get(RUN_WEIGHTS);
  const kept = lost.some(isOfRun) ? [...entries].filter(([entry]) => !isOfRun(entry)) : [...entries];
  const replaced = lost.includes(WEIGHTS) && runWeights !== undefined;
  return new Map(replaced ? [...kept, [WEIGHTS, runWeights]] : kept);
}

const isOfRun = (entry: string): boolean => entry.startsWith(RUNS);

function tooLarge(bytes: number, largest: number): Text {
  const [size, most] = [bytes, largest].map(sizeText);
  return {
    en: `Saving this network with its weights and its run takes ${size}, but a project may have at most ${most}. Nothing was written. Make its largest layers smaller.`,
    zh: `此网络连同权重和训练记录保存需要 ${size}，而一个项目最多 ${most}。未写入任何内容。请缩小最大的层。`,
  };
}

const damaged = (name: string, part: string): Text => ({
  en: `“${name}” is damaged or incomplete (${part}). Open an earlier copy, or get the file again. The app can open the readable parts.`,
  zh: `“${name}”已损坏或不完整（${part}）。请打开较早的副本，或重新获取该文件。应用可以打开其中仍可读取的部分。`,
});

function remarksOn(lost: readonly string[], entries: ReadonlyMap<string, Uint8Array>): Text[] {
  const remarks: Text[] = [{ en: 'The file is damaged or incomplete.', zh: '文件已损坏或不完整。' }];
  if (lost.includes(WEIGHTS)) {
    remarks.push(
      entries.has(RUN_WEIGHTS)
        ? {
            en: 'The trained weights could not be read. The weights of the last training step were loaded instead.',
            zh: '无法读取训练好的权重，已改用训练最后一步的权重。',
          }
        : {
            en: 'The trained weights could not be read and are lost. Train again, or open an earlier copy.',
            zh: '无法读取训练好的权重，权重已丢失。请重新训练，或打开较早的副本。',
          },
    );
  }
  if (lost.some(isOfRun)) {
    remarks.push({
      en: 'The run could not be read. Its curves are lost, and it cannot be resumed.',
      zh: '无法读取训练记录。曲线已丢失，也无法继续训练。',
    });
  }
  if (lost.length === 0) {
    remarks.push(
      entries.has(WEIGHTS)
        ? { en: 'All parts that were found could be read.', zh: '找到的内容均可读取。' }
        : {
            en: 'If there were weights and a run, they are lost.',
            zh: '若原有权重和训练记录，则已丢失。',
          },
    );
  }
  return remarks;
}
