import { type FileHandle, open, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { type Reading, type ReadProject, readProject } from '../graph/file.ts';
import { onnxOrigin } from '../graph/onnxDocument.ts';
import { LARGEST_ZIP } from '../graph/zip.ts';
import { sizeText } from '../sizeText.ts';
import { type Text, UserError } from '../text.ts';
import { exportedWeights } from './exportedWeights.ts';
import { refuseDevice } from './files.ts';

/** Read at once: the system's calls take no more than 2 GB. */
const PIECE = 256 * 2 ** 20;
/** Enough to tell a file of another kind. */
const START = 64 * 1024;

export interface ReadFileOptions {
  /** What messages call the file. */
  readonly name: string;
  readonly reading?: Reading;
  /** Bytes that a file may have. */
  readonly largest?: number;
}

/** `notice`: weights that the file should hold and that were not taken over, with the reason. */
export interface OpenedProject extends ReadProject {
  readonly notice: Text | null;
}

/**
 * Reads the project, network, picture or ONNX model in a file. Throws UserError for one that is none, damaged or too large,
 * and the system's errors where it cannot be read. A large file of another kind is not read as a whole.
 */
export async function readProjectFile(
  path: string,
  { name, reading = 'strict', largest = LARGEST_ZIP }: ReadFileOptions,
): Promise<OpenedProject> {
  // Opening a pipe would wait for its other end.
  const found = await stat(path);
  if (found.isDirectory()) throw Object.assign(new Error('EISDIR'), { code: 'EISDIR' });
  await refuseDevice(path, name);
  const file = await open(path);
  try {
    const start = await bytesOf(file, Math.min(found.size, START));
    if (found.size > largest && mayHoldNetwork(start)) throw new UserError(tooLarge(name, found.size, largest));
    const bytes = found.size > START && mayHoldNetwork(start) ? await bytesOf(file, found.size) : start;
    const project = readProject(bytes, name, reading);
    if (onnxOrigin(bytes) === null) return { ...project, notice: null };
    return { ...project, ...(await exportedWeights(bytes, project.document, { folder: dirname(path), name })) };
  } finally {
    await file.close();
  }
}

async function bytesOf(file: FileHandle, size: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(size);
  let at = 0;
  while (at < size) {
    const { bytesRead } = await file.read(bytes, at, Math.min(PIECE, size - at), at);
    // Another program has made it shorter meanwhile.
    if (bytesRead === 0) return bytes.subarray(0, at);
    at += bytesRead;
  }
  return bytes;
}

/** The first byte of a zip, PNG or ONNX file, of JSON or XML: what is behind it decides. */
const mayHoldNetwork = ([first = 0]: Uint8Array): boolean =>
  [0x50, 0x89, 0x08, 0xef].includes(first) || '{[< \t\r\n'.includes(String.fromCharCode(first));

const tooLarge = (name: string, size: number, largest: number) => ({
  en: `'${name}' has ${sizeText(size)}; Netloom reads files of at most ${sizeText(largest)}.`,
  zh: `“${name}”有 ${sizeText(size)}；Netloom 最多读取 ${sizeText(largest)} 的文件。`,
});
