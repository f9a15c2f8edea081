import { deflateRawSync } from 'node:zlib';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { describe, expect, it, test } from 'vitest';
import { random } from '../random/philox.ts';
import { UserError } from '../text.ts';
import { crc32 } from './crc32.ts';
import { emptyDocument, type NetworkDocument } from './document.ts';
import { readProject, writeDocument, writeProject } from './file.ts';
import { writeEntries } from './projectZip.ts';
import { writeSafetensors } from './safetensors.ts';

const document: NetworkDocument = {
  ...emptyDocument,
  nodes: [{ id: 'a', layer: 'relu', name: 'act', config: {}, position: { x: 1, y: 2 } }],
};
const weights = writeSafetensors(
  new Map([['act/weight', { dtype: 'F32', shape: [60], data: Float32Array.from({ length: 60 }, (_, i) => i / 7) }]]),
);
const run = strToU8(JSON.stringify({ document: { ...document, name: 'of the run' } }));
const others = {
  'thumbnail.svg': strToU8('<svg/>'),
  'runs/last/run.json': run,
  'runs/last/weights.safetensors': writeSafetensors(
    new Map([['w', { dtype: 'F32', shape: [1], data: Float32Array.of(2) }]]),
  ),
};
const file = writeProject({ document, weights, others });
const messages = (read: { readonly remarks: readonly { readonly en: string }[] }) => read.remarks.map(({ en }) => en);

/** The file with changed content, zipped again with valid checksums. */
function rezipped(change: (entries: Record<string, Uint8Array>) => void): Uint8Array {
  const entries = unzipSync(file);
  change(entries);
  return zipSync(entries);
}
const flipped = (bytes: Uint8Array | undefined): Uint8Array => {
  const copy = Uint8Array.from(bytes ?? []);
  copy[copy.length >> 1]! ^= 1;
  return copy;
};

test('other programs can read the zip, and files written by them can be read', () => {
  expect(strFromU8(unzipSync(file)['network.json'] as Uint8Array)).toBe(writeDocument(document));
  const again = rezipped((entries) => {
    entries['__MACOSX/._network.json'] = strToU8('x');
  });
  expect(readProject(again, 'p')).toEqual({ document, weights, others, remarks: [] });
});

test('an older project without a manifest can be read', () => {
  const old = rezipped((entries) => delete entries['manifest.json']);
  expect(readProject(old, 'p')).toEqual({ document, weights, others, remarks: [] });
});

describe('changed content is detected although the zip is valid', () => {
  test.each<[string, (entries: Record<string, Uint8Array>) => void, readonly RegExp[]]>([
    [
      'weights',
      (entries) => (entries['weights.safetensors'] = flipped(weights)),
      [/damaged/, /weights of the last training step/],
    ],
    [
      'no weights',
      (entries) => delete entries['weights.safetensors'],
      [/damaged/, /weights of the last training step/],
    ],
    ['run', (entries) => (entries['runs/last/run.json'] = flipped(run)), [/damaged/, /run could not be read/]],
    [
      'drawing',
      (entries) => (entries['network.json'] = flipped(strToU8(writeDocument(document)))),
      [/damaged/, /network of the last run/],
    ],
    ['list', (entries) => (entries['manifest.json'] = strToU8('{')), [/damaged/, /All parts that were found/]],
  ])('%s', (_, change, remarks) => {
    const bytes = rezipped(change);
    expect(() => readProject(bytes, 'p')).toThrow(UserError);
    expect(() => readProject(bytes, 'p')).toThrow(/“p” is damaged or incomplete \(.+\)/);
    expect(messages(readProject(bytes, 'p', 'lenient'))).toEqual(
      remarks.map((remark) => expect.stringMatching(remark)),
    );
  });
});

test('weights that are not safetensors are lost, also without a manifest', () => {
  const old = zipSync({ 'network.json': strToU8(writeDocument(document)), 'weights.safetensors': strToU8('12345678') });
  expect(() => readProject(old, 'p')).toThrow(/damaged or incomplete \(weights\.safetensors\)/);
  expect(readProject(old, 'p', 'lenient')).toMatchObject({ document, weights: null });
});

test('lost weights are replaced by those of the run; lost runs affect nothing else', () => {
  const noWeights = readProject(
    rezipped((entries) => delete entries['weights.safetensors']),
    'p',
    'lenient',
  );
  expect(noWeights.weights).toEqual(others['runs/last/weights.safetensors']);
  const noRun = readProject(
    rezipped((entries) => delete entries['runs/last/run.json']),
    'p',
    'lenient',
  );
  expect(noRun.weights).toEqual(weights);
  expect(Object.keys(noRun.others)).toEqual(['thumbnail.svg']);
});

test.each([5, 20, 40, 60, 80, 95, 99])('cut off at %i %, it opens as far as possible, with a remark', (percent) => {
  const cut = file.subarray(0, (file.length * percent) / 100);
  expect(() => readProject(cut, 'p')).toThrow(/“p” is damaged or incomplete/);
  if (percent === 5) return;
  const read = readProject(cut, 'p', 'lenient');
  expect(read.document.name).toBe(document.name);
  expect(messages(read)[0]).toMatch(/damaged or incomplete/);
  if (read.weights === null) expect(messages(read).join(' ')).toMatch(/[Ww]eights .*lost/);
});

it('detects each changed byte that affects the content', () => {
  const rng = random(1, 'mutations');
  for (let round = 0; round < 400; round++) {
    const changed = file.slice();
    changed[rng.below(file.length)]! ^= 1 + rng.below(255);
    let read: ReturnType<typeof readProject>;
    try {
      read = readProject(changed, 'p', 'lenient');
    } catch (error) {
      expect(error).toBeInstanceOf(UserError);
      continue;
    }
    if (read.remarks.length === 0) expect(read).toEqual({ document, weights, others, remarks: [] });
  }
});

interface Entry {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** Claimed size. */
  readonly size?: number;
  /** True if it claims the data of the previous entry. */
  readonly over?: boolean;
}

/** A malicious zip. `count` is the number of entries in its directory. */
function oddZip(entries: readonly Entry[], count = entries.length): Uint8Array {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let [at, place] = [0, 0];
  for (const { name, bytes, size = bytes.length, over = false } of entries) {
    const packed = deflateRawSync(bytes);
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(8, 4);
    fields.writeUInt32LE(crc32(bytes), 10);
    fields.writeUInt32LE(packed.length, 14);
    fields.writeUInt32LE(size, 18);
    fields.writeUInt16LE(name.length, 22);
    if (!over) {
      place = at;
      parts.push(Buffer.from('PK\x03\x04'), fields, Buffer.from(name), packed);
      at += 30 + name.length + packed.length;
    }
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(place, 10);
    directory.push(Buffer.from('PK\x01\x02\0\0'), fields, rest, Buffer.from(name));
  }
  const listed = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(count % 65536, 4);
  end.writeUInt16LE(count % 65536, 6);
  end.writeUInt32LE(listed.length, 8);
  end.writeUInt32LE(at, 12);
  return new Uint8Array(Buffer.concat([...parts, listed, Buffer.from('PK\x05\x06'), end]));
}

const network = { name: 'network.json', bytes: strToU8(writeDocument(document)) };
const zeros = { name: 'zeros', bytes: new Uint8Array(2 ** 20) };

describe('a malicious zip is rejected quickly', () => {
  test.each<[string, Uint8Array]>([
    ['two entries of one name', oddZip([network, { ...network, bytes: strToU8('{}') }])],
    [
      'overlapping entries',
      oddZip([network, ...Array.from({ length: 300 }, (_, i) => ({ ...zeros, name: `z${i}`, over: i > 0 }))]),
    ],
    ['a size that is too small', oddZip([{ ...network, size: 10 }])],
    ['a size that is too large', oddZip([{ ...network, size: 4294967294 }])],
    ['a count above the number of entries', oddZip([network], 65535)],
    ['a count below the number of entries', oddZip([network, zeros], 1)],
    ['bytes before it', new Uint8Array([...strToU8('PK  '), ...oddZip([network])])],
    ['bytes after it', new Uint8Array([...oddZip([network]), 0])],
  ])('%s', (_, bytes) => {
    expect(() => readProject(bytes, 'p')).toThrow(/“p” is damaged or incomplete/);
  });

  it('salvages no more data than allowed by its size', () => {
    const bomb = oddZip([network, { ...zeros, size: 300 * 2 ** 20 }]);
    expect(bomb.length).toBeLessThan(2 ** 19);
    expect(() => readProject(bomb, 'p')).toThrow(/too large unpacked/);
    const read = readProject(bomb, 'p', 'lenient');
    expect(read.document).toEqual(document);
    expect(read.others).toEqual({});
    expect(messages(read)[0]).toMatch(/damaged/);
  });

  it('takes no longer for overlapping headers', () => {
    const header = oddZip([network]).subarray(0, 30);
    new DataView(header.buffer, header.byteOffset).setUint32(18, 2 ** 31, true);
    const many = new Uint8Array([
      ...oddZip([network]).subarray(0, -30),
      ...Array.from({ length: 20_000 }, () => [...header]).flat(),
    ]);
    expect(readProject(many, 'p', 'lenient').document).toEqual(document);
  });
});

test('a project too large to be read again is not written', () => {
  const entries = new Map([
    ['network.json', strToU8(writeDocument(document))],
    ['weights.safetensors', new Uint8Array(2_000_000)],
  ]);
  expect(() => writeEntries(entries, 1_000_000)).toThrow(/takes .* MB, but .* at most 1 MB\. Nothing was written/);
  expect(writeEntries(entries, 2_010_000).length).toBeGreaterThan(0);
});

test('entries named like properties of objects are ignored', () => {
  const odd = ['__proto__', '../../evil', 'C:\\evil', '/etc/passwd', 'constructor'].map((name) => ({ ...zeros, name }));
  expect(Object.keys(readProject(oddZip([network, ...odd]), 'p').others)).toEqual(['constructor']);
});
