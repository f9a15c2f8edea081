import { crc32, deflateRawSync } from 'node:zlib';

/** An entry of a zip archive as an attacker writes it: every field may lie. */
export interface ForgedEntry {
  readonly name: string | Uint8Array;
  readonly bytes: Uint8Array;
  /** The name is marked as UTF-8. */
  readonly utf8?: boolean;
  /** Unpacked size that the entry states; absent: the true one. */
  readonly size?: number;
  readonly crc?: number;
  /** The number of the entry whose packed bytes this one shares. */
  readonly shares?: number;
}

/** A zip archive of the entries (APPNOTE.TXT), deflated. */
export function forgedZip(entries: readonly ForgedEntry[]): Uint8Array {
  const locals: Buffer[] = [];
  const central: Buffer[] = [];
  const places: number[] = [];
  let at = 0;
  for (const { name, bytes, utf8 = false, size = bytes.length, crc = crc32(bytes), shares } of entries) {
    const raw = Buffer.from(name);
    const packed = deflateRawSync(bytes);
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0);
    fields.writeUInt16LE(utf8 ? 0x800 : 0, 2);
    fields.writeUInt16LE(8, 4);
    fields.writeUInt32LE(crc, 10);
    fields.writeUInt32LE(packed.length, 14);
    fields.writeUInt32LE(size, 18);
    fields.writeUInt16LE(raw.length, 22);
    const place = shares === undefined ? at : (places[shares] as number);
    places.push(place);
    if (shares === undefined) {
      const local = Buffer.concat([Buffer.from('PK\x03\x04'), fields, raw, packed]);
      locals.push(local);
      at += local.length;
    }
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(place, 10);
    central.push(Buffer.concat([Buffer.from('PK\x01\x02'), Buffer.from([20, 0]), fields, rest, raw]));
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(entries.length, 4);
  end.writeUInt16LE(entries.length, 6);
  end.writeUInt32LE(directory.length, 8);
  end.writeUInt32LE(at, 12);
  return Buffer.concat([...locals, directory, Buffer.from('PK\x05\x06'), end]);
}
