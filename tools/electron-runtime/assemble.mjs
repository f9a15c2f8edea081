// Turns an archive that carries a rebranded Electron into a folder laid out like Electron's own distribution.
import {
  chmodSync,
  closeSync,
  fstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { crc32, inflateRawSync } from 'node:zlib';

const { values } = parseArgs({
  options: {
    archive: { type: 'string', default: '' },
    root: { type: 'string', default: '' },
    binary: { type: 'string', default: '' },
    version: { type: 'string', default: '' },
    'default-app': { type: 'string', default: '' },
    out: { type: 'string', default: '' },
  },
});

// Named one by one, since the archive also holds a whole application, of which nothing is taken. Left out on purpose:
// `browser_v8_context_snapshot.bin`, that application's own start-up snapshot (the fuse that loads it goes off).
const runtime = [
  'LICENSE.electron.txt',
  'LICENSES.chromium.html',
  'chrome-sandbox',
  'chrome_100_percent.pak',
  'chrome_200_percent.pak',
  'chrome_crashpad_handler',
  'icudtl.dat',
  'libEGL.so',
  'libGLESv2.so',
  'libffmpeg.so',
  'libvk_swiftshader.so',
  'libvulkan.so.1',
  'resources.pak',
  'snapshot_blob.bin',
  'v8_context_snapshot.bin',
  'vk_swiftshader_icd.json',
];
const executables = new Set(['electron', 'chrome-sandbox', 'chrome_crashpad_handler']);

/** @param {string} name */
function officialName(name) {
  if (name === values.binary) return 'electron';
  return name === 'LICENSE.electron.txt' ? 'LICENSE' : name;
}

/** @typedef {{ method: number, crc: number, packed: number, plain: number, at: number }} Entry */

const fd = openSync(values.archive, 'r');

/**
 * @param {number} position
 * @param {number} length
 */
function readAt(position, length) {
  const buffer = Buffer.alloc(length);
  if (readSync(fd, buffer, 0, length, position) !== length) throw new Error('the archive ends early');
  return buffer;
}

/** The zip's central directory, at its end. Some 100 MB of archive stay on disk. */
function readDirectory() {
  const { size } = fstatSync(fd);
  // The end record is 22 bytes and a comment of at most 65,535.
  const tail = readAt(Math.max(0, size - 66_000), Math.min(size, 66_000));
  const end = tail.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  if (end < 0) throw new Error('not a zip archive');
  const directory = readAt(tail.readUInt32LE(end + 16), tail.readUInt32LE(end + 12));
  /** @type {Map<string, Entry>} */
  const entries = new Map();
  for (let p = 0; p + 46 <= directory.length && directory.readUInt32LE(p) === 0x02014b50; ) {
    const nameLength = directory.readUInt16LE(p + 28);
    entries.set(directory.toString('utf8', p + 46, p + 46 + nameLength), {
      method: directory.readUInt16LE(p + 10),
      crc: directory.readUInt32LE(p + 16),
      packed: directory.readUInt32LE(p + 20),
      plain: directory.readUInt32LE(p + 24),
      at: directory.readUInt32LE(p + 42),
    });
    p += 46 + nameLength + directory.readUInt16LE(p + 30) + directory.readUInt16LE(p + 32);
  }
  return entries;
}

/**
 * @param {string} name
 * @param {Entry} entry
 */
function extract(name, entry) {
  const head = readAt(entry.at, 30);
  const packed = readAt(entry.at + 30 + head.readUInt16LE(26) + head.readUInt16LE(28), entry.packed);
  const plain = entry.method === 0 ? packed : inflateRawSync(packed, { maxOutputLength: entry.plain || 1 });
  if (plain.length !== entry.plain || crc32(plain) !== entry.crc) throw new Error(`${name} is damaged in the archive`);
  return plain;
}

// Fuses are switches compiled into Electron's binary: after the sentinel a version, a count, then one '0' or '1' each.
// These are the values of an official build; the rebranded one has fuse 3 off (no --inspect, which Playwright needs)
// and fuse 6 on (its own snapshot).
const sentinel = Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX');
const officialFuses = [
  1, // 0 RunAsNode
  0, // 1 EnableCookieEncryption
  1, // 2 EnableNodeOptionsEnvironmentVariable
  1, // 3 EnableNodeCliInspectArguments
  0, // 4 EnableEmbeddedAsarIntegrityValidation
  0, // 5 OnlyLoadAppFromAsar
  0, // 6 LoadBrowserProcessSpecificV8Snapshot
  1, // 7 GrantFileProtocolExtraPrivileges
];

/** @param {Buffer} binary */
function setFuses(binary) {
  const at = binary.indexOf(sentinel);
  if (at < 0 || binary.indexOf(sentinel, at + 1) >= 0) throw new Error('no single fuse wire in the binary');
  const wire = at + sentinel.length;
  if (binary[wire] !== 1 || binary[wire + 1] !== officialFuses.length) throw new Error('unknown fuse wire');
  officialFuses.forEach((on, i) => {
    binary[wire + 2 + i] = on ? 0x31 : 0x30;
  });
}

/**
 * An asar archive: a pickled JSON index, then the files end to end.
 * @param {string} folder
 */
function packAsar(folder) {
  /** @type {Record<string, { size: number, offset: string }>} */
  const files = {};
  const bodies = [];
  let offset = 0;
  for (const name of readdirSync(folder).sort()) {
    const body = readFileSync(join(folder, name));
    files[name] = { size: body.length, offset: String(offset) };
    bodies.push(body);
    offset += body.length;
  }
  const json = Buffer.from(JSON.stringify({ files }));
  const padded = Math.ceil(json.length / 4) * 4;
  const head = Buffer.alloc(16 + padded);
  [4, padded + 8, padded + 4, json.length].forEach((n, i) => {
    head.writeUInt32LE(n, i * 4);
  });
  json.copy(head, 16);
  return Buffer.concat([head, ...bodies]);
}

const entries = readDirectory();
const locales = [...entries.keys()].filter((n) => n.startsWith(`${values.root}/locales/`) && n.endsWith('.pak'));
if (locales.length === 0) throw new Error('the archive holds no locales');
for (const name of [values.binary, ...runtime, ...locales.map((n) => n.slice(values.root.length + 1))]) {
  const entry = entries.get(`${values.root}/${name}`);
  if (!entry) throw new Error(`the archive lacks ${values.root}/${name}`);
  const data = extract(name, entry);
  if (name === values.binary) {
    if (!data.includes(`Electron/${values.version}\0`) && !data.includes(`Electron v${values.version}`)) {
      throw new Error(`the binary in the archive is not Electron ${values.version}`);
    }
    setFuses(data);
  }
  const target = join(values.out, officialName(name));
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, data);
  chmodSync(target, executables.has(officialName(name)) ? 0o755 : 0o644);
}
closeSync(fd);
mkdirSync(join(values.out, 'resources'), { recursive: true });
writeFileSync(join(values.out, 'resources', 'default_app.asar'), packAsar(values['default-app']));
writeFileSync(join(values.out, 'version'), values.version);
