import { type FileHandle, open, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { type Reading, type ReadProject, readProject } from '../graph/file.ts';
import { changedOnnx } from '../graph/foreign.ts';
import { onnxOrigin } from '../graph/onnxDocument.ts';
import { LARGEST_ZIP } from '../graph/zip.ts';
import { decodeModel } from '../onnx/read.ts';
import { sizeText } from '../sizeText.ts';
import { type Text, UserError } from '../text.ts';
import { withFoundSource } from './data/relativeSource.ts';
import { exportedGraph } from './exportedGraph.ts';
import { exportedWeights } from './exportedWeights.ts';
import { refuseDevice } from './fileError.ts';

/** Bytes per read; the calls of the system support at most 2 GB. */
const PIECE = 256 * 2 ** 20;
/** Bytes that are enough to recognize a file of another kind. */
const START = 64 * 1024;

export interface ReadFileOptions {
  /** Name of the file in messages. */
  readonly name: string;
  readonly reading?: Reading;
  /** Limit on the size of the file in bytes. */
  readonly largest?: number;
}

/** `notice`: the reason that the weights of the file were not used. `lost`: the file has weights, but not in the form of the network. */
export interface OpenedProject extends ReadProject {
  readonly lost: boolean;
  readonly notice: Text | null;
  /** The report of an import: the project belongs to another program, and the network is a new one. */
  readonly imported?: readonly Text[];
}

/**
 * Reads a file with a project, network, picture of a network or ONNX model. Throws UserError for other, damaged or too
 * large files (ForeignOnnx for a model that has to be imported, such as one that was changed after its export), and system errors for
 * unreadable ones. A large file of another kind is not read completely.
 */
export async function readProjectFile(
  path: string,
  { name, reading = 'strict', largest = LARGEST_ZIP }: ReadFileOptions,
): Promise<OpenedProject> {
  // Checked first, because opening a pipe would wait for its other end.
  const found = await stat(path);
  if (found.isDirectory()) throw Object.assign(new Error('EISDIR'), { code: 'EISDIR' });
  await refuseDevice(path, name);
  const file = await open(path);
  try {
    const start = await bytesOf(file, Math.min(found.size, START));
    if (found.size > largest && mayHoldNetwork(start)) throw new UserError(tooLarge(name, found.size, largest));
    const bytes = found.size > START && mayHoldNetwork(start) ? await bytesOf(file, found.size) : start;
    const read = readProject(bytes, name, reading);
    const project = { ...read, document: await withFoundSource(read.document, path) };
    if (onnxOrigin(bytes) === null) return { ...project, notice: null, lost: false };
    const model = decodeModel(bytes);
    if (model !== undefined && exportedGraph(model) === 'changed') throw changedOnnx(name);
    return { ...project, ...(await exportedWeights(model, project.document, { folder: dirname(path), name })) };
  } finally {
    await file.close();
  }
}

async function bytesOf(file: FileHandle, size: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(size);
  let at = 0;
  while (at < size) {
    const { bytesRead } = await file.read(bytes, at, Math.min(PIECE, size - at), at);
    // Another program has truncated the file in the meantime.
    if (bytesRead === 0) return bytes.subarray(0, at);
    at += bytesRead;
  }
  return bytes;
}

/** True for the first byte of a zip, PNG or ONNX file, of JSON or XML; the rest decides. */
const mayHoldNetwork = ([first = 0]: Uint8Array): boolean =>
  [0x50, 0x89, 0x08, 0xef].includes(first) || '{[< \t\r\n'.includes(String.fromCharCode(first));

const tooLarge = (name: string, size: number, largest: number) => ({
  en: `“${name}” has ${sizeText(size)}; the maximum file size is ${sizeText(largest)}.`,
  zh: `“${name}”的大小为 ${sizeText(size)}，超过上限 ${sizeText(largest)}。`,
});
