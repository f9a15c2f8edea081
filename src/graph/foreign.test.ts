import { gzipSync } from 'node:zlib';
import { strToU8, zipSync } from 'fflate';
import { expect, test } from 'vitest';
import { UserError } from '../text.ts';
import { readProject } from './file.ts';

const bytes = (...start: readonly (number | string)[]): Uint8Array =>
  new Uint8Array(
    Buffer.concat(start.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.of(part)))),
  );
const zip = (...names: readonly string[]): Uint8Array =>
  zipSync(Object.fromEntries(names.map((name) => [name, strToU8('x')])));
/** A protobuf field of bytes. */
const field = (number: number, content: string): string => {
  const length = Buffer.byteLength(content, 'latin1');
  return String.fromCharCode((number << 3) | 2, (length & 0x7f) | 0x80, length >> 7) + content;
};
const onnx = (...fields: readonly string[]): Uint8Array => bytes(8, 8, ...fields, field(7, ''));

const rows: readonly (readonly [string, Uint8Array, RegExp])[] = [
  ['an empty file', bytes(), /“f” is an empty file\. Get the file again/],
  ['text', strToU8('meow\n'), /“f” is a text file, not a network\. Open a \.netloom file/],
  ['Chinese text, cut in a letter', strToU8('神经网络'.repeat(2000)), /“f” is a text file/],
  ['a table', strToU8('a,b\n1,2\n'), /“f” is a text file/],
  ['a web page', strToU8('<!DOCTYPE html><html></html>'), /“f” is a web page.*ownload the file again/],
  ['JSON of another program', strToU8('{"name":"x"}'), /“f” is a JSON file with other contents, not a network/],
  ['a list in JSON', strToU8(' [1, 2]'), /“f” is a JSON file with other contents/],
  ['a notebook', strToU8('{"cells":[],"nbformat":4}'), /“f” is a Jupyter notebook/],
  ['JSON with a mistake', strToU8('{\n"nodes": [],\n"name" "x"}'), /“f” is JSON with an error in line 3/],
  ['a PDF', strToU8('%PDF-1.7\n'), /“f” is a PDF document/],
  ['a JPEG', bytes(0xff, 0xd8, 0xff, 0xe0), /“f” is a JPEG image/],
  ['an IDX file', bytes(0, 0, 8, 3, '\0\0\0\x01'), /“f” is an IDX file: data, not a network.*as its dataset/],
  ['gzip', new Uint8Array(gzipSync('x')), /“f” is a gzip file.*Unpack it/],
  ['an HDF5 file', bytes(0x89, 'HDF\r\n'), /“f” is an HDF5 file .*cannot import models/],
  ['a pickle', bytes(0x80, 2, '}q'), /“f” is a pickle file/],
  [
    'safetensors',
    bytes(0x40, 0, 0, 0, 0, 0, 0, 0, '{"a":{"dtype":"F32"}}'),
    /“f” is a safetensors file: weights without/,
  ],
  ['a program', bytes(0x7f, 'ELF\x02'), /“f” is a program/],
  ['noise', bytes(3, 1, 4, 1, 5, 9, 2, 6, 5), /“f” is a file of an unknown type/],
  ['a zip', zip('a.txt'), /“f” is a zip file with other contents.*unpack it first/],
  ['a zip of projects', zip('mine/a.netloom'), /“f” is a zip file with Netloom files in it.*Unpack it/],
  ['a PyTorch checkpoint', zip('archive/data.pkl', 'archive/data/0'), /“f” is a PyTorch file/],
  ['a Keras model', zip('metadata.json', 'config.json', 'model.weights.h5'), /“f” is a Keras model/],
  ['arrays', zip('x.npy'), /“f” is an archive of NumPy arrays/],
  ['a Word document', zip('[Content_Types].xml', 'word/document.xml'), /“f” is a Word document/],
  ['the beginning of a zip', zip('a.txt').subarray(0, 20), /“f” is damaged or incomplete, and no network/],
  [
    'an ONNX model of another program',
    onnx(field(2, 'pytorch')),
    /an ONNX model without a Netloom document \(pytorch\)/,
  ],
  ['an ONNX model of no program', onnx(), /an ONNX model without a Netloom document, not/],
  [
    'an ONNX model with a damaged drawing',
    onnx(field(14, field(1, 'netloom_document') + field(2, '{"a'))),
    /error in line 1/,
  ],
];

test.each(rows)('%s is called what it is, with what to do', (_, file, message) => {
  for (const reading of ['strict', 'lenient'] as const) {
    expect(() => readProject(file, 'f', reading)).toThrow(message);
    expect(() => readProject(file, 'f', reading)).toThrow(UserError);
  }
});
