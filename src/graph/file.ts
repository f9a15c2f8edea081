import { strFromU8, strToU8, unzipSync, type Zippable, zipSync } from 'fflate';
import { z } from 'zod';
import { type Text, UserError } from '../text.ts';
import { DOCUMENT_VERSION, documentSchema, type NetworkDocument } from './document.ts';
import { pictureJson } from './picture.ts';
import { leftOut, type Salvaged, salvage } from './salvage.ts';
import { unknownFields } from './unknownFields.ts';

/**
 * A project as it lies on disk: a zip of `network.json`, `weights.safetensors` and what else Netloom keeps with them,
 * or the bare JSON of the network alone.
 */
export interface Project {
  readonly document: NetworkDocument;
  /** The bytes of `weights.safetensors`, or null when there are none. */
  readonly weights: Uint8Array | null;
  /** Entries that this version does not read (`runs/…`, `thumbnail.png`): written back as they were. */
  readonly others: Readonly<Record<string, Uint8Array>>;
}

/** Where a project keeps its last run (src/engine/checkpoint.ts). */
export const RUNS = 'runs/';

const NETWORK = 'network.json';
const WEIGHTS = 'weights.safetensors';

/** Turns a document of version `from` into one of version `from + 1`; plain JSON in and out. */
export interface Migration {
  readonly from: number;
  readonly migrate: (document: Readonly<Record<string, unknown>>) => Record<string, unknown>;
}

const NOTE_SIZE = { width: 200, height: 80 };

/** One numbered migration per format version, oldest first. Version 1 is the first. */
export const migrations: readonly Migration[] = [
  {
    // Frames and the direction of flow are new, and notes have a size.
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
    // Blocks are new.
    from: 2,
    migrate: (document) => ({ ...document, version: 3, blocks: [] }),
  },
];

const fail = (text: Text): never => {
  throw new UserError(text);
};

/** Whether a damaged or newer network is refused, or opened as far as it can be read. */
export type Reading = 'strict' | 'lenient';

/** A document, and what of it could not be read: empty in a file that is as it should be. */
function readRemarked(json: unknown, name: string, reading: Reading): Salvaged {
  if ((json as { readonly format?: unknown } | null)?.format === 'netloom-block') {
    fail({
      en: `'${name}' is a block, not a network. Import it with File > Import Block, or drop it on a network.`,
      zh: `“${name}”是块，不是网络。请用“文件 > 导入块”导入，或把它拖到网络上。`,
    });
  }
  if (typeof json !== 'object' || json === null || (json as Record<string, unknown>).format !== 'netloom') {
    fail({
      en: `'${name}' is JSON, but not a Netloom network: it has no "format": "netloom". Open a file that Netloom saved.`,
      zh: `“${name}”是 JSON，但不是 Netloom 网络：缺少 "format": "netloom"。请打开由 Netloom 保存的文件。`,
    });
  }
  let document = json as Record<string, unknown>;
  const { version } = document;
  const isNewer = typeof version === 'number' && version > DOCUMENT_VERSION;
  if (isNewer && reading === 'strict') {
    fail({
      en: `'${name}' has format version ${version}; this Netloom reads up to ${DOCUMENT_VERSION}. Update Netloom.`,
      zh: `“${name}”的格式版本为 ${version}，本版 Netloom 最高支持 ${DOCUMENT_VERSION}。请更新 Netloom。`,
    });
  }
  for (const { from, migrate } of migrations) if (document.version === from) document = migrate(document);

  const result = documentSchema.safeParse(document);
  if (reading === 'strict') {
    if (!result.success) return fail(wrongFields(name, result.error));
    const unknown = unknownFields(document, result.data);
    return { document: result.data, remarks: unknown.length > 0 ? [leftOut(unknown)] : [] };
  }
  const salvaged = salvage(isNewer ? { ...document, version: DOCUMENT_VERSION } : document);
  if (salvaged === null) return fail(wrongFields(name, result.error ?? new z.ZodError([])));
  return isNewer ? { ...salvaged, remarks: [newer(version), ...salvaged.remarks] } : salvaged;
}

function wrongFields(name: string, { issues }: z.ZodError): Text {
  const lines = issues.map(({ path, message }) => `${z.core.toDotPath(path) || '(root)'}: ${message}`);
  const shown = [...lines.slice(0, 5), ...(lines.length > 5 ? ['…'] : [])].join('; ');
  return {
    en: `'${name}' is a Netloom network with wrong fields: ${shown}. Correct them, or open an earlier copy.`,
    zh: `“${name}”是 Netloom 网络，但有字段不正确：${shown}。请更正，或打开较早的副本。`,
  };
}

const newer = (version: number): Text => ({
  en: `It was saved by a newer Netloom: format version ${version}, where this one reads up to ${DOCUMENT_VERSION}. What this one knows was read. Update Netloom to see it all.`,
  zh: `它由更新的 Netloom 保存：格式版本为 ${version}，本版最高支持 ${DOCUMENT_VERSION}。已读取本版认识的部分。更新 Netloom 即可看到全部内容。`,
});

/** The document in parsed JSON, migrated to the current version; `name` is what messages call the file. Throws UserError. */
export const readDocument = (json: unknown, name: string): NetworkDocument =>
  readRemarked(json, name, 'strict').document;

/** A project, and what of its network could not be read or was left out. */
export interface ReadProject extends Project {
  readonly remarks: readonly Text[];
}

/** Reads a `.netloom` file, the bare JSON of a network or a picture with one in it; `name` is what messages call it. Throws UserError. */
export function readProject(bytes: Uint8Array, name: string, reading: Reading = 'strict'): ReadProject {
  const isZip = bytes[0] === 0x50 && bytes[1] === 0x4b;
  if (!isZip) {
    const json = pictureJson(bytes, name) ?? bytes;
    return { ...readRemarked(readJson(json, name), name, reading), weights: null, others: {} };
  }

  let entries: Record<string, Uint8Array>;
  try {
    entries = unzipSync(bytes);
  } catch {
    return fail({
      en: `'${name}' is a damaged or cut-off .netloom file. Open an earlier copy, or fetch the file again.`,
      zh: `“${name}”是损坏或不完整的 .netloom 文件。请打开较早的副本，或重新获取该文件。`,
    });
  }
  const { [NETWORK]: network, [WEIGHTS]: weights = null, ...others } = entries;
  if (network === undefined) {
    return fail({
      en: `'${name}' is a zip file without '${NETWORK}': not a Netloom project. Open a file that Netloom saved.`,
      zh: `“${name}”是不含“${NETWORK}”的 zip 文件，不是 Netloom 项目。请打开由 Netloom 保存的文件。`,
    });
  }
  const inside = `${name}/${NETWORK}`;
  return { ...readRemarked(readJson(network, inside), inside, reading), weights, others };
}

function readJson(json: Uint8Array | string, name: string): unknown {
  try {
    return JSON.parse(typeof json === 'string' ? json : strFromU8(json));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return fail({
      en: `'${name}' is neither a .netloom file nor valid JSON (${reason}). Open a file that Netloom saved.`,
      zh: `“${name}”既不是 .netloom 文件，也不是有效的 JSON（${reason}）。请打开由 Netloom 保存的文件。`,
    });
  }
}

/** The bytes of a `.netloom` file; the same project gives the same bytes. */
export function writeProject({ document, weights, others }: Project): Uint8Array<ArrayBuffer> {
  const entries: Zippable = { [NETWORK]: strToU8(writeDocument(document)) };
  // Weights do not compress: store them.
  if (weights !== null && weights.length > 0) entries[WEIGHTS] = [weights, { level: 0 }];
  for (const [path, bytes] of Object.entries(others)) {
    entries[path] = path.endsWith('.safetensors') ? [bytes, { level: 0 }] : bytes;
  }
  // Zip has no time zone and starts in 1980; a fixed time keeps the bytes the same.
  return zipSync(entries, { mtime: new Date(1980, 0, 1), level: 6 });
}

/** The bare JSON of a network, as templates are kept. */
export const writeDocument = (document: NetworkDocument): string => `${JSON.stringify(document, null, 2)}\n`;
