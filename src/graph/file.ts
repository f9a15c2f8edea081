import { strFromU8, strToU8 } from 'fflate';
import { z } from 'zod';
import { type Text, UserError } from '../text.ts';
import { operatorsField, operatorsOf } from './blockCopies.ts';
import {
  DOCUMENT_VERSION,
  documentSchema,
  LARGEST_TEXT,
  MOST_EDGES,
  MOST_LAYERS,
  type NetworkDocument,
} from './document.ts';
import { brokenJson, foreignFile, foreignJson, foreignOnnx, foreignZip } from './foreign.ts';
import { JsonTooDeep, parseJson, parseJsonUpTo } from './json.ts';
import { onnxOrigin } from './onnxDocument.ts';
import { pictureJson } from './picture.ts';
import { NETWORK, type ProjectEntries, RUNS, readEntries, WEIGHTS, writeEntries } from './projectZip.ts';
import { leftOut, type Salvage, salvage } from './salvage.ts';
import { unknownFields } from './unknownFields.ts';
import { namesInZip } from './zip.ts';

/**
 * A project file: a zip with `network.json`, `weights.safetensors` and other entries, or the plain JSON of the network.
 */
export interface Project {
  readonly document: NetworkDocument;
  /** Bytes of `weights.safetensors`; null if there are none. */
  readonly weights: Uint8Array | null;
  /** Entries that are not read here (`runs/…`, `thumbnail.png`); they are written unchanged. */
  readonly others: Readonly<Record<string, Uint8Array>>;
}

export { RUNS };

/** Converts a document of version `from` to version `from + 1`, as plain JSON. */
export interface Migration {
  readonly from: number;
  readonly migrate: (document: Readonly<Record<string, unknown>>) => Record<string, unknown>;
}

const NOTE_SIZE = { width: 200, height: 80 };

/** One migration per format version, oldest first, starting at version 1. */
export const migrations: readonly Migration[] = [
  {
    // Version 2 adds frames, the direction of flow and the size of notes.
    from: 1,
    migrate: ({ notes, ...document }) => ({
      ...document,
      version: 2,
      direction: 'down',
      notes: Array.isArray(notes) ? notes.map((note: object) => ({ size: NOTE_SIZE, ...note })) : notes,
      frames: [],
    }),
  },
  {
    // Version 3 adds blocks.
    from: 2,
    migrate: (document) => ({ ...document, version: 3, blocks: [] }),
  },
];

const fail = (text: Text): never => {
  throw new UserError(text);
};

/** `strict` rejects a damaged or newer network; `lenient` opens it as far as it can be read. */
export type Reading = 'strict' | 'lenient';

/** Reads a document, with remarks about unreadable parts. */
function readRemarked(json: unknown, name: string, reading: Reading, wrong: WrongFields = wrongFields): Salvage {
  if ((json as { readonly format?: unknown } | null)?.format === 'netloom-block') {
    fail({
      en: `“${name}” is a block, not a network. Import it with File > Import block, or drop it on a network.`,
      zh: `“${name}”是块，不是网络。请用“文件 > 导入块”导入，或把它拖到网络上。`,
    });
  }
  if (typeof json !== 'object' || json === null || (json as Record<string, unknown>).format !== 'netloom') {
    fail(foreignJson(json, name));
  }
  let document = json as Record<string, unknown>;
  checkSize(document, name);
  const { version } = document;
  const isNewer = typeof version === 'number' && version > DOCUMENT_VERSION;
  if (isNewer && reading === 'strict') {
    fail({
      en: `“${name}” has format version ${version}, but this version of Netloom reads up to ${DOCUMENT_VERSION}. Update Netloom.`,
      zh: `“${name}”的格式版本为 ${version}，而此版本的 Netloom 最高支持 ${DOCUMENT_VERSION}。请更新 Netloom。`,
    });
  }
  for (const { from, migrate } of migrations) if (document.version === from) document = migrate(document);

  const result = documentSchema.safeParse(document);
  if (reading === 'strict') {
    if (!result.success) return fail(wrong(name, shownIssues(result.error)));
    const twice = secondOfAnId(result.data.nodes);
    if (twice >= 0) return fail(wrong(name, `nodes[${twice}].id: is the id of another layer`));
    const unknown = unknownFields(document, result.data);
    return { document: result.data, remarks: unknown.length > 0 ? [leftOut(unknown)] : [] };
  }
  const salvaged = salvage(isNewer ? { ...document, version: DOCUMENT_VERSION } : document);
  if (salvaged === null) return fail(wrong(name, shownIssues(result.error ?? new z.ZodError([]))));
  return isNewer ? { ...salvaged, remarks: [newer(version), ...salvaged.remarks] } : salvaged;
}

/** Rejects networks that are too large for the canvas, before they are processed. */
function checkSize({ nodes, edges, blocks }: Readonly<Record<string, unknown>>, name: string): void {
  const drawings = [{ nodes, edges }, ...(Array.isArray(blocks) ? blocks : [])] as readonly unknown[];
  const longest = (part: 'nodes' | 'edges'): number =>
    drawings.reduce<number>((most, drawing) => {
      const list = (drawing as Readonly<Record<string, unknown>> | null)?.[part];
      return Array.isArray(list) ? Math.max(most, list.length) : most;
    }, 0);
  const [layers, connections] = [longest('nodes'), longest('edges')];
  if (layers <= MOST_LAYERS && connections <= MOST_EDGES) return;
  fail({
    en: `“${name}” has ${layers} layers and ${connections} connections on one canvas, but at most ${MOST_LAYERS} and ${MOST_EDGES} can be shown. Group repeated parts into blocks.`,
    zh: `“${name}”的一块画布上有 ${layers} 层、${connections} 条连线，而最多只能显示 ${MOST_LAYERS} 层、${MOST_EDGES} 条连线。请将重复的部分组合为块。`,
  });
}

/** Index of the first node with the id of an earlier node; −1 if there is none. */
function secondOfAnId(nodes: NetworkDocument['nodes']): number {
  const seen = new Set<string>();
  return nodes.findIndex(({ id }) => seen.has(id) || !seen.add(id));
}

/** Message about a document with invalid `fields`. */
type WrongFields = (name: string, fields: string) => Text;

function shownIssues({ issues }: z.ZodError): string {
  const lines = issues.map(({ path, message }) => `${z.core.toDotPath(path) || '(root)'}: ${message}`);
  return [...lines.slice(0, 5), ...(lines.length > 5 ? ['…'] : [])].join('; ');
}

const wrongFields: WrongFields = (name, fields) => ({
  en: `“${name}” is a Netloom network with invalid fields: ${fields}. Correct them, or open an earlier copy.`,
  zh: `“${name}”是 Netloom 网络，但有无效的字段：${fields}。请更正，或打开较早的副本。`,
});

const newer = (version: number): Text => ({
  en: `The file was saved by a newer version of Netloom (format version ${version}; this version reads up to ${DOCUMENT_VERSION}). Only the known parts were read. Update Netloom to see everything.`,
  zh: `该文件由更新版本的 Netloom 保存（格式版本为 ${version}，此版本最高支持 ${DOCUMENT_VERSION}），只读取了可识别的部分。请更新 Netloom 以查看全部内容。`,
});

/** The document in parsed JSON, migrated to the current version; `name` is used in messages. Throws UserError. */
export const readDocument = (json: unknown, name: string, wrong?: WrongFields): NetworkDocument =>
  readRemarked(json, name, 'strict', wrong).document;

/** A project, with remarks about unreadable or omitted parts. */
export interface ReadProject extends Project {
  readonly remarks: readonly Text[];
}

/**
 * Reads a `.netloom` file, the bare JSON of a network, or a picture or an ONNX model with one in it; `name` is what messages
 * call it. Throws UserError.
 */
export function readProject(bytes: Uint8Array, name: string, reading: Reading = 'strict'): ReadProject {
  if (bytes[0] === 0x50 && bytes[1] === 0x4b) return readZipped(bytes, name, reading);
  const carried = pictureJson(bytes, name) ?? onnxJson(bytes, name);
  if (carried !== null && parseJsonUpTo(carried).end < carried.length) fail(damagedInside(name));
  return { ...readJson(carried ?? bareJson(bytes, name), name, reading), weights: null, others: {} };
}

function readZipped(bytes: Uint8Array, name: string, reading: Reading): ReadProject {
  const { names, sound } = namesInZip(bytes);
  if (!names.includes(NETWORK)) return fail(foreignZip(names, sound, name));
  const { entries, damagedNetwork, remarks } = readEntries(bytes, name, reading);
  const { document, remarks: found } = networkOf(entries, damagedNetwork, name, reading);
  const others = [...entries].filter(([entry]) => entry !== NETWORK && entry !== WEIGHTS);
  return {
    document,
    remarks: [...remarks, ...found],
    weights: entries.get(WEIGHTS) ?? null,
    others: Object.fromEntries(others),
  };
}

/** The network of a project; if it is damaged, the copy in its run, or the readable part. */
function networkOf(
  entries: ProjectEntries['entries'],
  damaged: ProjectEntries['damagedNetwork'],
  name: string,
  reading: Reading,
): Salvage {
  const inside = `${name}/${NETWORK}`;
  const network = entries.get(NETWORK);
  if (network !== undefined) return readJson(strFromU8(network), inside, reading);
  const copy = documentOfRun(entries);
  if (copy !== null) {
    const { document, remarks } = readRemarked(copy, inside, reading);
    return { document, remarks: [networkOfRun, ...remarks] };
  }
  const { document, remarks } = readJson(strFromU8(damaged ?? new Uint8Array()), inside, reading);
  return { document, remarks: [damagedDrawing, ...remarks] };
}

/** The document of the run, as it was at its start. */
function documentOfRun(entries: ProjectEntries['entries']): unknown {
  const run = entries.get(`${RUNS}last/run.json`);
  if (run === undefined) return null;
  try {
    return (parseJson(strFromU8(run)) as { readonly document?: unknown } | null)?.document ?? null;
  } catch {
    return null;
  }
}

function onnxJson(bytes: Uint8Array, name: string): string | null {
  const origin = onnxOrigin(bytes);
  if (origin === null) return null;
  if (origin.document === null) throw foreignOnnx(origin.producer, name);
  return origin.document;
}

function bareJson(bytes: Uint8Array, name: string): string {
  const first = strFromU8(bytes.subarray(0, 4096)).trimStart()[0];
  if (first !== '{' && first !== '[') return fail(foreignFile(bytes, name));
  if (bytes.length > LARGEST_TEXT) return fail(tooLarge(name));
  return strFromU8(bytes);
}

/** Parses JSON; lenient reading keeps the part before an error. */
function readJson(json: string, name: string, reading: Reading): Salvage {
  const text = json.startsWith('\ufeff') ? json.slice(1) : json;
  try {
    return readRemarked(parseJson(text), name, reading);
  } catch (error) {
    if (error instanceof JsonTooDeep) return fail(tooDeep(name));
    if (!(error instanceof SyntaxError)) throw error;
  }
  const { value, end } = parseJsonUpTo(text);
  const broken = brokenJson(text, end, name);
  if (reading === 'strict' || (value as { readonly format?: unknown } | null | undefined)?.format !== 'netloom') {
    return fail(broken);
  }
  const { document, remarks } = readRemarked(value, name, reading);
  return { document, remarks: [readUpTo(text, end), ...remarks] };
}

const damagedInside = (name: string): Text => ({
  en: `The network in “${name}” is damaged. Open the .netloom file, or export it again.`,
  zh: `“${name}”中附带的网络已损坏。请打开 .netloom 文件，或重新导出。`,
});

const readUpTo = (text: string, end: number): Text => {
  const line = text.slice(0, end).split('\n').length;
  return {
    en: `The network was read up to line ${line}; after it, the text is damaged or incomplete.`,
    zh: `网络只读到第 ${line} 行，其后的文本已损坏或不完整。`,
  };
};

const damagedDrawing: Text = {
  en: 'The network is damaged. Check its layers and settings before training.',
  zh: '网络已损坏。训练前请检查各层及其设置。',
};
const networkOfRun: Text = {
  en: 'The network could not be read. The network of the last run was loaded instead, without later changes.',
  zh: '无法读取网络。已改用上次训练时的网络，不含此后的修改。',
};
const tooDeep = (name: string): Text => ({
  en: `“${name}” has lists nested too deep for a network, so it was not written by Netloom. Open an earlier copy.`,
  zh: `“${name}”中的列表嵌套过深，不是由 Netloom 写入的文件。请打开较早的副本。`,
});
const tooLarge = (name: string): Text => ({
  en: `“${name}” is too large for a network (at most ${LARGEST_TEXT / 2 ** 20} MB of text). Open a file saved by Netloom.`,
  zh: `“${name}”超过网络文本的上限（${LARGEST_TEXT / 2 ** 20} MB）。请打开由 Netloom 保存的文件。`,
});

/** A `.netloom` file as consecutive parts; the same project gives the same bytes. */
export function projectParts({ document, weights, others }: Project): Uint8Array[] {
  const entries = new Map<string, Uint8Array>([[NETWORK, strToU8(writeDocument(document))]]);
  if (weights !== null && weights.length > 0) entries.set(WEIGHTS, weights);
  for (const [path, bytes] of Object.entries(others)) entries.set(path, bytes);
  return writeEntries(entries);
}

/** The bytes of a `.netloom` file. */
export function writeProject(project: Project): Uint8Array<ArrayBuffer> {
  const parts = projectParts(project);
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/** The plain JSON of a network, without ONNX operators that no layer uses any more. */
export function writeDocument({ operators, ...document }: NetworkDocument): string {
  const used = operatorsOf(operators, document.nodes, document.blocks);
  return `${JSON.stringify({ ...document, ...operatorsField(used) }, null, 2)}\n`;
}
