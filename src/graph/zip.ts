import { strFromU8 } from 'fflate';
import { crc32 } from './crc32.ts';
import { inflateWithin } from './inflate.ts';

/** Constants of zip files (PKWARE APPNOTE 6.3.10), read without encryption, several disks or zip64. */
export const LOCAL = { signature: 0x04034b50, size: 30 } as const;
export const CENTRAL = { signature: 0x02014b50, size: 46 } as const;
export const END = { signature: 0x06054b50, size: 22 } as const;
export const STORED = 0;
export const DEFLATED = 8;
/** Max size of a file without zip64. */
export const LARGEST_ZIP = 2 ** 32 - 1;

const LONGEST_COMMENT = 0xffff;
const MOST_ENTRIES = 10_000;
/** Max total size of all entries, packed and unpacked: a number of bytes plus a multiple of the file size. */
const WORK = { bytes: 256 * 2 ** 20, times: 4 } as const;

/** Flags of an entry: encrypted; sizes after the data. */
const ENCRYPTED = 1;
const SIZES_BEHIND = 8;

interface Entry {
  readonly name: string;
  readonly flags: number;
  readonly method: number;
  readonly crc: number;
  /** Packed size in bytes; `size` is the unpacked size. */
  readonly packed: number;
  readonly size: number;
  /** Offset of its local header; `data` is the offset of its data. */
  readonly at: number;
  readonly data: number;
}

/** The readable part of an entry. */
export interface SalvagedEntry {
  readonly bytes: Uint8Array;
  /** True if length and CRC-32 match the header of the entry. */
  readonly whole: boolean;
}

/** Error for an invalid zip; the message is for developers. */
export class ZipError extends Error {
  override readonly name = 'ZipError';
}

const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** The local header at that offset; null if there is none. Sizes may be wrong or missing. */
function localEntry(file: Uint8Array, at: number): Entry | null {
  const view = viewOf(file);
  if (at + LOCAL.size > file.length || view.getUint32(at, true) !== LOCAL.signature) return null;
  const nameEnd = at + LOCAL.size + view.getUint16(at + 26, true);
  return {
    name: strFromU8(file.subarray(at + LOCAL.size, nameEnd)),
    flags: view.getUint16(at + 6, true),
    method: view.getUint16(at + 8, true),
    crc: view.getUint32(at + 14, true),
    packed: view.getUint32(at + 18, true),
    size: view.getUint32(at + 22, true),
    at,
    data: nameEnd + view.getUint16(at + 28, true),
  };
}

/** Start, length and number of entries of the directory. */
function directoryOf(file: Uint8Array): { readonly start: number; readonly end: number; readonly count: number } {
  const view = viewOf(file);
  const first = Math.max(0, file.length - END.size - LONGEST_COMMENT);
  for (let at = file.length - END.size; at >= first; at--) {
    if (view.getUint32(at, true) !== END.signature) continue;
    if (at + END.size + view.getUint16(at + 20, true) !== file.length) continue;
    const count = view.getUint16(at + 10, true);
    const start = view.getUint32(at + 16, true);
    const isWhole = view.getUint32(at + 4, true) === 0 && view.getUint16(at + 8, true) === count;
    if (!isWhole || start + view.getUint32(at + 12, true) !== at)
      throw new ZipError('the end of the directory is wrong');
    if (count > MOST_ENTRIES) throw new ZipError(`${count} entries`);
    return { start, end: at, count };
  }
  throw new ZipError('there is no directory');
}

function directoryEntries(file: Uint8Array): readonly Entry[] {
  const view = viewOf(file);
  const { start, end, count } = directoryOf(file);
  const entries: Entry[] = [];
  const names = new Set<string>();
  let at = start;
  for (let i = 0; i < count; i++) {
    if (at + CENTRAL.size > end || view.getUint32(at, true) !== CENTRAL.signature) {
      throw new ZipError(`entry ${i + 1} of the directory is wrong`);
    }
    const local = localEntry(file, view.getUint32(at + 42, true));
    const nameEnd = at + CENTRAL.size + view.getUint16(at + 28, true);
    const name = strFromU8(file.subarray(at + CENTRAL.size, nameEnd));
    const entry = {
      name,
      flags: view.getUint16(at + 8, true),
      method: view.getUint16(at + 10, true),
      crc: view.getUint32(at + 16, true),
      packed: view.getUint32(at + 20, true),
      size: view.getUint32(at + 24, true),
    };
    if (local === null || !agree(local, entry)) throw new ZipError(`'${name}' has two descriptions that differ`);
    if (names.has(name)) throw new ZipError(`two entries are named '${name}'`);
    names.add(name);
    entries.push({ ...local, ...entry });
    at = nameEnd + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  if (at !== end) throw new ZipError('the directory has another length');
  const placed = entries.toSorted((a, b) => a.at - b.at);
  for (const [i, { name, data, packed }] of placed.entries()) {
    if (data + packed > (placed[i + 1]?.at ?? start)) throw new ZipError(`'${name}' lies over another entry`);
  }
  return entries;
}

function agree(local: Entry, { name, flags, method, crc, packed, size }: Omit<Entry, 'at' | 'data'>): boolean {
  const behind = (flags & SIZES_BEHIND) !== 0;
  return (
    local.name === name &&
    local.flags === flags &&
    local.method === method &&
    (behind || (local.crc === crc && local.packed === packed && local.size === size))
  );
}

/** Limits time and memory in proportion to the file, because entries may claim any size and headers may overlap. */
function budgetFor(file: Uint8Array): { take(entry: Entry): boolean } {
  let left = WORK.bytes + WORK.times * file.length;
  return {
    take({ method, packed, size, data }) {
      left -= Math.min(packed, Math.max(0, file.length - data)) + (method === DEFLATED ? size : 0);
      return left >= 0;
    },
  };
}

/** A copy of the available bytes of an entry; a view would keep the whole file in memory. */
function unpacked(file: Uint8Array, { flags, method, crc, packed, size, data }: Entry): SalvagedEntry {
  const source = file.subarray(data, data + packed);
  if ((flags & ENCRYPTED) !== 0 || (method !== STORED && method !== DEFLATED)) {
    return { bytes: new Uint8Array(), whole: false };
  }
  const { bytes, whole } =
    method === STORED ? { bytes: new Uint8Array(source), whole: true } : inflateWithin(source, size);
  return { bytes, whole: whole && source.length === packed && bytes.length === size && crc32(bytes) === crc };
}

/**
 * The entries of a zip file by name. Sizes, checksums and offsets are checked, and memory is bounded by the size of the
 * file. Throws ZipError.
 */
export function readZip(file: Uint8Array): ReadonlyMap<string, Uint8Array> {
  const entries = new Map<string, Uint8Array>();
  const budget = budgetFor(file);
  for (const entry of directoryEntries(file)) {
    if (!budget.take(entry)) throw new ZipError(`'${entry.name}' is too large unpacked`);
    const { bytes, whole } = unpacked(file, entry);
    if (!whole) throw new ZipError(`'${entry.name}' is damaged`);
    entries.set(entry.name, bytes);
  }
  return entries;
}

/** The readable entries of a damaged or incomplete zip file, by their local headers. The first of each name counts. */
export function salvageZip(file: Uint8Array): ReadonlyMap<string, SalvagedEntry> {
  const entries = new Map<string, SalvagedEntry>();
  const budget = budgetFor(file);
  for (let at = 0; at >= 0 && entries.size < MOST_ENTRIES; ) {
    const entry = localEntry(file, at);
    if (entry === null) {
      at = nextLocal(file, at + 1);
      continue;
    }
    const next = entry.data + entry.packed;
    const found = budget.take(entry) ? unpacked(file, entry) : null;
    if (found !== null && !entries.get(entry.name)?.whole) entries.set(entry.name, found);
    // If its length is not reliable, the next header is searched inside it.
    at = found?.whole ? next : nextLocal(file, at + 4);
  }
  return entries;
}

/** Names of all entries, to recognize the kind of file; `sound` if they come from a valid directory. */
export function namesInZip(file: Uint8Array): { readonly names: readonly string[]; readonly sound: boolean } {
  try {
    return { names: directoryEntries(file).map(({ name }) => name), sound: true };
  } catch {
    const names: string[] = [];
    for (let at = 0; at >= 0 && names.length < 100; at = nextLocal(file, at + 4)) {
      const entry = localEntry(file, at);
      if (entry !== null) names.push(entry.name);
    }
    return { names, sound: false };
  }
}

/** Offset of the next local header; −1 if there is none. */
function nextLocal(file: Uint8Array, from: number): number {
  for (let at = file.indexOf(0x50, from); at >= 0; at = file.indexOf(0x50, at + 1)) {
    if (file[at + 1] === 0x4b && file[at + 2] === 3 && file[at + 3] === 4) return at;
  }
  return -1;
}
