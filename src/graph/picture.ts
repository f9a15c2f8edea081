import { strFromU8, strToU8, zlibSync } from 'fflate';
import { type Text, UserError } from '../text.ts';
import { crc32 } from './crc32.ts';
import { LARGEST_TEXT, type NetworkDocument } from './document.ts';
import { inflateWithin } from './inflate.ts';

/** Namespace of the document inside an exported image: an element in SVG, a text chunk in PNG. */
const NAMESPACE = 'urn:netloom:document';
const KEYWORD = 'netloom';

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] as const;
const isPng = (bytes: Uint8Array): boolean => SIGNATURE.every((byte, index) => bytes[index] === byte);

/** True for XML with an SVG element. */
const isSvg = (bytes: Uint8Array): boolean => /^\ufeff?\s*<[\s\S]*?<?svg\b/i.test(strFromU8(bytes.subarray(0, 4096)));

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** The document as an XML element, for the metadata of an SVG. */
export function documentElement(document: NetworkDocument): string {
  // Characters not allowed in XML are written as JSON escapes, so nothing is lost.
  const json = JSON.stringify(document)
    .replace(/[\u007f-\u009f\u2028\u2029\ufffe\uffff]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .replace(/[&<>]/g, (c) => escapes[c] as string);
  return `<netloom:document xmlns:netloom="${NAMESPACE}">${json}</netloom:document>`;
}

const CDATA = ['<![CDATA[', ']]>'] as const;

function unescapeXml(text: string): string {
  const trimmed = text.trim();
  const [start, end] = CDATA;
  if (trimmed.startsWith(start) && trimmed.endsWith(end)) return trimmed.slice(start.length, -end.length);
  return text.replace(/&(?:#(\d+)|#x([\da-f]+)|(\w+));/gi, (whole, decimal, hex, name: string | undefined) => {
    if (decimal !== undefined) return String.fromCodePoint(Number(decimal));
    if (hex !== undefined) return String.fromCodePoint(Number.parseInt(hex, 16));
    return name !== undefined && Object.hasOwn(entities, name) ? (entities[name] as string) : whole;
  });
}

const DECLARED = new RegExp(`\\bxmlns(?::([\\w.-]{1,64}))?\\s*=\\s*["']${NAMESPACE}["']`);

/** The document in an SVG; null if there is none. Editors may change the prefix or move the namespace outwards. Linear time for any input. */
function inSvg(svg: string): string | null {
  const declared = DECLARED.exec(svg);
  if (declared === null) return null;
  const tag = declared[1] === undefined ? 'document' : `${declared[1]}:document`;
  const start = new RegExp(`<${tag.replaceAll('.', '\\.')}[\\s>]`).exec(svg)?.index ?? -1;
  const from = start < 0 ? -1 : svg.indexOf('>', start);
  const to = from < 0 ? -1 : svg.indexOf(`</${tag}`, from);
  return to < 0 ? null : unescapeXml(svg.slice(from + 1, to));
}

/** A PNG chunk: length, type, data, and the CRC of type and data. */
function chunk(type: string, data: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(data.length + 12);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, data.length);
  bytes.set(strToU8(type), 4);
  bytes.set(data, 8);
  view.setUint32(data.length + 8, crc32(bytes.subarray(4, data.length + 8)));
  return bytes;
}

/** The chunks of a PNG, up to its end or where it is cut off. */
function* chunks(
  png: Uint8Array,
): Generator<{ readonly type: string; readonly data: Uint8Array; readonly sound: boolean; readonly end: number }> {
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength);
  for (let at: number = SIGNATURE.length; at + 12 <= png.length; ) {
    const end = at + 12 + view.getUint32(at);
    if (end > png.length) return;
    const sound = crc32(png.subarray(at + 4, end - 4)) === view.getUint32(end - 4);
    yield { type: strFromU8(png.subarray(at + 4, at + 8)), data: png.subarray(at + 8, end - 4), sound, end };
    at = end;
  }
}

/** The text of an iTXt chunk: keyword, compression flag, method, language, translated keyword, text; keyword, language and translated keyword end with a zero byte. */
function textOf(data: Uint8Array): string | null {
  const keyword = strToU8(`${KEYWORD}\0`);
  if (!keyword.every((byte, index) => data[index] === byte)) return null;
  const compressed = data[keyword.length] === 1;
  let at = keyword.length + 2;
  for (let zeros = 0; zeros < 2 && at < data.length; at++) if (data[at] === 0) zeros++;
  const text = data.subarray(at);
  if (!compressed) return strFromU8(text);
  const { bytes, whole } = inflateWithin(text, LARGEST_TEXT, 'zlib');
  if (!whole) throw new Error('the text is damaged or too long');
  return strFromU8(bytes);
}

function inPng(png: Uint8Array): string | null {
  for (const { type, data, sound } of chunks(png)) {
    const text = type === 'iTXt' ? textOf(data) : null;
    if (text === null) continue;
    if (!sound) throw new Error('the checksum of the text is wrong');
    return text;
  }
  return null;
}

/** The PNG with the document in a chunk after its header; the same image gives the same bytes. */
export function pngWithDocument(png: Uint8Array, document: NetworkDocument): Uint8Array<ArrayBuffer> {
  const [header] = chunks(png);
  if (header === undefined || !isPng(png)) throw new Error('these bytes are not a PNG');
  const text = zlibSync(strToU8(JSON.stringify(document)), { level: 9 });
  const data = new Uint8Array([...strToU8(`${KEYWORD}\0`), 1, 0, 0, 0, ...text]);
  const inserted = chunk('iTXt', data);
  const result = new Uint8Array(png.length + inserted.length);
  result.set(png.subarray(0, header.end));
  result.set(inserted, header.end);
  result.set(png.subarray(header.end), header.end + inserted.length);
  return result;
}

const fail = (text: Text): never => {
  throw new UserError(text);
};

/**
 * The JSON of the document in an image exported by Netloom; null if the bytes are not an image. `name` is used in
 * messages. Throws UserError for an image without a document.
 */
export function pictureJson(bytes: Uint8Array, name: string): string | null {
  const png = isPng(bytes);
  if (!png && !isSvg(bytes)) return null;
  let json: string | null = null;
  try {
    json = png ? inPng(bytes) : inSvg(strFromU8(bytes));
  } catch {
    fail({
      en: `The network in image “${name}” is damaged. Open the .netloom file, or get the image again.`,
      zh: `图片“${name}”中的网络已损坏。请打开 .netloom 文件，或重新获取该图片。`,
    });
  }
  if (json !== null) return json;
  return fail({
    en: `Image “${name}” contains no network. It was not exported by Netloom, was exported without the network, or was changed by another program. Open the .netloom file.`,
    zh: `图片“${name}”中没有网络。它不是由 Netloom 导出的，或导出时未附带网络，或被其他程序修改过。请打开 .netloom 文件。`,
  });
}
