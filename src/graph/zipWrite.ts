import { deflateSync, strToU8 } from 'fflate';
import { crc32 } from './crc32.ts';
import { CENTRAL, DEFLATED, END, LOCAL, STORED } from './zip.ts';

/** Fixed date, 1 January 1980, so that equal content gives equal bytes. */
const DATE = (1 << 5) | 1;
/** Flag for UTF-8 names. */
const UTF8 = 0x800;
const VERSION = 20;

export interface ZipSource {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly compress: boolean;
}

/** A zip file as consecutive parts; uncompressed data is `bytes` itself. At most `LARGEST_ZIP` bytes in total. */
export function zipParts(sources: readonly ZipSource[]): Uint8Array[] {
  const parts: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let at = 0;
  const put = (part: Uint8Array): void => {
    parts.push(part);
    at += part.length;
  };
  for (const { name, bytes, compress } of sources) {
    const packed = compress ? deflateSync(bytes, { level: 6 }) : bytes;
    const encoded = strToU8(name);
    // The fields that both headers share, from the version on.
    const shared = new Uint8Array(26);
    const view = new DataView(shared.buffer);
    view.setUint16(0, VERSION, true);
    view.setUint16(2, UTF8, true);
    view.setUint16(4, compress ? DEFLATED : STORED, true);
    view.setUint16(8, DATE, true);
    view.setUint32(10, crc32(bytes), true);
    view.setUint32(14, packed.length, true);
    view.setUint32(18, bytes.length, true);
    view.setUint16(22, encoded.length, true);

    const central = new Uint8Array(CENTRAL.size + encoded.length);
    const centralView = new DataView(central.buffer);
    centralView.setUint32(0, CENTRAL.signature, true);
    centralView.setUint16(4, VERSION, true);
    central.set(shared, 6);
    centralView.setUint32(42, at, true);
    central.set(encoded, CENTRAL.size);
    directory.push(central);

    const local = new Uint8Array(LOCAL.size + encoded.length);
    new DataView(local.buffer).setUint32(0, LOCAL.signature, true);
    local.set(shared, 4);
    local.set(encoded, LOCAL.size);
    put(local);
    put(packed);
  }
  const start = at;
  for (const entry of directory) put(entry);
  const end = new Uint8Array(END.size);
  const view = new DataView(end.buffer);
  view.setUint32(0, END.signature, true);
  view.setUint16(8, directory.length, true);
  view.setUint16(10, directory.length, true);
  view.setUint32(12, at - start, true);
  view.setUint32(16, start, true);
  put(end);
  return parts;
}
