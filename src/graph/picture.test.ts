import { deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { starters } from '../../templates/index.ts';
import type { NetworkDocument } from './document.ts';
import { readProject } from './file.ts';
import { documentElement, pngWithDocument } from './picture.ts';

const [document] = starters.map((template) => template.document) as [NetworkDocument];
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

/** A PNG of one black pixel, without a document. */
const pixel = Uint8Array.from(
  Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  ),
);

const read = (bytes: Uint8Array, name: string): NetworkDocument => readProject(bytes, name).document;

describe('PNG', () => {
  test('a document is read back with any characters in its texts', () => {
    const named = { ...document, name: 'LeNet 卷积 <&" \u{1f600}' };
    expect(read(pngWithDocument(pixel, named), 'a.png')).toEqual(named);
  });

  test('the header stays first, checksums are valid, and the rest is unchanged', () => {
    const bytes = pngWithDocument(pixel, document);
    const view = new DataView(bytes.buffer);
    const types: string[] = [];
    for (let at = 8; at < bytes.length; at += 12 + view.getUint32(at)) {
      const length = view.getUint32(at);
      types.push(String.fromCharCode(...bytes.subarray(at + 4, at + 8)));
      expect(view.getUint32(at + 8 + length)).toBe(crcOf(bytes.subarray(at + 4, at + 8 + length)));
    }
    expect(types).toEqual(['IHDR', 'iTXt', 'IDAT', 'IEND']);
    expect(pngWithDocument(pixel, document)).toEqual(bytes);
  });

  test.each([
    ['of another program', pixel, /contains no network/],
    ['cut off', pngWithDocument(pixel, document).slice(0, 200), /contains no network/],
    ['with a damaged text', damaged(pngWithDocument(pixel, document)), /is damaged/],
    ['with one bit of the text turned', turned(pngWithDocument(pixel, document)), /is damaged/],
    ['with 100 MB of text in 100 kB', bomb(100 * 2 ** 20), /is damaged/],
  ])('an image %s is rejected', (_, bytes, message) => {
    expect(() => readProject(bytes, 'a.png')).toThrow(message);
  });
});

describe('SVG', () => {
  const svg = (inside: string) => `<svg xmlns="http://www.w3.org/2000/svg"><metadata>${inside}</metadata></svg>`;
  const plain = documentElement(document);
  const opened = '<svg xmlns="http://www.w3.org/2000/svg"><!-- xmlns="urn:netloom:document" -->';

  test.each([
    ['as it is written', svg(plain)],
    [
      'after a declaration, a doctype and a comment',
      `\ufeff<?xml version="1.0"?>\n<!DOCTYPE svg>\n<!-- x -->${svg(plain)}`,
    ],
    ['with another prefix', svg(plain.replaceAll(/(<\/?)netloom:/g, '$1ns0:').replace('xmlns:netloom', 'xmlns:ns0'))],
    ['with quotes as entities', svg(plain.replace(/(?<=>)[^<]+/, (json) => json.replaceAll('"', '&quot;')))],
    [
      'with characters by number',
      svg(plain.replace(/(?<=>)[^<]+/, (json) => json.replaceAll('L', '&#76;').replaceAll('e', '&#x65;'))),
    ],
    ['with line breaks around it', svg(plain.replace(/>(.*)</, '>\n  $1\n  <'))],
  ])('a document %s is read', (_, file) => expect(read(utf8(file), 'a.svg')).toEqual(document));

  test.each([
    ['without one', svg(''), /contains no network/],
    ['with 300,000 elements that are not closed', `${opened}${'<document>'.repeat(300_000)}`, /contains no network/],
    ['with 300,000 tags that do not end', `${opened}${'<document '.repeat(300_000)}`, /contains no network/],
    [
      'with 100,000 namespaces',
      `${opened}${'<x xmlns:a="urn:netloom:documen">'.repeat(100_000)}`,
      /contains no network/,
    ],
    ['of another program', '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>', /contains no network/],
  ])('an image %s is rejected', (_, file, message) => expect(() => readProject(utf8(file), 'a.svg')).toThrow(message));
});

test('JSON is not an image', () => {
  expect(read(utf8(JSON.stringify({ ...document, name: '<svg>' })), 'a.json').name).toBe('<svg>');
});

/** The PNG with one byte of the compressed text changed. */
function damaged(png: Uint8Array): Uint8Array {
  const copy = png.slice();
  const text = Buffer.from(copy.buffer).indexOf('netloom') + 12;
  for (let at = text + 10; at < text + 40; at++) copy[at] = 0xff;
  return copy;
}

function turned(png: Uint8Array): Uint8Array {
  const copy = png.slice();
  copy[Buffer.from(copy.buffer).indexOf('netloom') + 40]! ^= 1;
  return copy;
}

/** An image whose text expands to `size` zeros. */
function bomb(size: number): Uint8Array {
  const text = deflateSync(Buffer.alloc(size), { level: 9 });
  const data = Buffer.concat([Buffer.from('iTXtnetloom\0\x01\0\0\0', 'latin1'), text]);
  const around = Buffer.alloc(8);
  around.writeUInt32BE(data.length - 4, 0);
  around.writeUInt32BE(crcOf(data), 4);
  return new Uint8Array(
    Buffer.concat([pixel.subarray(0, 33), around.subarray(0, 4), data, around.subarray(4), pixel.subarray(33)]),
  );
}

/** CRC-32 as zlib leaves it before the length at the end of a gzip file. */
const crcOf = (bytes: Uint8Array): number => gzipSync(bytes).readUInt32LE(gzipSync(bytes).length - 8);
