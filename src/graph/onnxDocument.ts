import { strFromU8 } from 'fflate';

/** Origin of an ONNX file. */
export interface OnnxOrigin {
  /** JSON of the document it was exported from; null in files of other programs. */
  readonly document: string | null;
  /** Name of the program that wrote it; empty if unknown. */
  readonly producer: string;
}

/** Metadata key of the document (src/engine/exporter.ts). */
const KEY = 'netloom_document';

/** Field numbers of ModelProto and of its metadata entries (onnx.proto). */
const IR_VERSION = 1;
const PRODUCER = 2;
const GRAPH = 7;
const METADATA = 14;
const ENTRY = { key: 1, value: 2 } as const;
const NEWEST_IR = 100;

/** A field of a protobuf message: its number and value. */
interface WireField {
  readonly field: number;
  readonly value: number | Uint8Array;
}

/** The top-level fields of a protobuf message; ends with null if the bytes are not one. */
function* fieldsOf(bytes: Uint8Array): Generator<WireField | null> {
  let at = 0;
  /** Numbers above 2⁵³ are rounded; only small ones are used. */
  const varint = (): number => {
    let value = 0;
    for (let scale = 1; at < bytes.length && scale < 2 ** 64; scale *= 128) {
      const byte = bytes[at++] as number;
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value;
    }
    return Number.NaN;
  };
  while (at < bytes.length) {
    const tag = varint();
    const [field, kind] = [Math.floor(tag / 8), tag % 8];
    if (!(field >= 1)) return yield null;
    if (kind === 0) {
      const value = varint();
      if (Number.isNaN(value)) return yield null;
      yield { field, value };
      continue;
    }
    const length = kind === 2 ? varint() : kind === 1 ? 8 : kind === 5 ? 4 : Number.NaN;
    if (!(at + length <= bytes.length)) return yield null;
    yield { field, value: bytes.subarray(at, at + length) };
    at += length;
  }
}

const textOf = (value: WireField['value']): string => (typeof value === 'number' ? '' : strFromU8(value));

/** Origin of an ONNX model; null if the bytes are not one. The graph is skipped, so files of 2 GB are fast. */
export function onnxOrigin(bytes: Uint8Array): OnnxOrigin | null {
  let [document, producer, hasGraph, first]: [string | null, string, boolean, boolean] = [null, '', false, true];
  for (const found of fieldsOf(bytes)) {
    if (found === null) return null;
    const { field, value } = found;
    if (first && !(field === IR_VERSION && typeof value === 'number' && value >= 1 && value < NEWEST_IR)) return null;
    first = false;
    if (field === PRODUCER) producer = textOf(value);
    if (field === GRAPH) hasGraph = true;
    if (field === METADATA && typeof value !== 'number') document = documentOf(value) ?? document;
  }
  return hasGraph ? { document, producer } : null;
}

function documentOf(entry: Uint8Array): string | null {
  let [key, text] = ['', ''];
  for (const found of fieldsOf(entry)) {
    if (found?.field === ENTRY.key) key = textOf(found.value);
    if (found?.field === ENTRY.value && key === KEY) text = textOf(found.value);
  }
  return key === KEY ? text : null;
}
