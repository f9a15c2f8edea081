import { expect, it, test } from 'vitest';
import { readSafetensors, type SafeTensor, writeSafetensors } from './safetensors.ts';

const tensors = new Map<string, SafeTensor>([
  ['conv1/weight', { dtype: 'F32', shape: [1, 3], data: Float32Array.of(1.5, -0, Number.NaN) }],
  ['权重', { dtype: 'F64', shape: [], data: Float64Array.of(Math.PI) }],
  ['labels', { dtype: 'I64', shape: [2], data: BigInt64Array.of(-1n, 2n ** 40n) }],
  ['empty', { dtype: 'F32', shape: [0, 4], data: new Float32Array() }],
]);

const file = (header: unknown, data = 0) => {
  const json = new TextEncoder().encode(typeof header === 'string' ? header : JSON.stringify(header));
  const bytes = new Uint8Array(8 + json.length + data);
  new DataView(bytes.buffer).setUint32(0, json.length, true);
  bytes.set(json, 8);
  return bytes;
};

it('reads what it writes, bit for bit', () => {
  expect(readSafetensors(writeSafetensors(tensors), 'w')).toEqual(tensors);
  expect(writeSafetensors(readSafetensors(writeSafetensors(tensors), 'w'))).toEqual(writeSafetensors(tensors));
});

it("reads Node's buffers, which share memory with other data", () => {
  expect(readSafetensors(Buffer.from(writeSafetensors(tensors)), 'w')).toEqual(tensors);
});

it('reads unaligned numbers', () => {
  const bytes = file({ x: { dtype: 'F32', shape: [1], data_offsets: [0, 4] } }, 4);
  expect(readSafetensors(bytes, 'w').get('x')).toEqual({ dtype: 'F32', shape: [1], data: Float32Array.of(0) });
});

/** A file whose tensors would take 64 GB. */
const overlapping = (count: number, length: number): Uint8Array =>
  file(
    Object.fromEntries(
      Array.from({ length: count }, (_, i) => [
        `t${i}`,
        { dtype: 'F32', shape: [length], data_offsets: [0, 4 * length] },
      ]),
    ),
    4 * length,
  );

test.each<[string, Uint8Array, RegExp]>([
  ['nothing', new Uint8Array(3), /3 bytes/],
  ['a header longer than the file', Uint8Array.of(99, 0, 0, 0, 0, 0, 0, 0), /header: 99 > 0/],
  ['no JSON', file('{'), /JSON/],
  ['a list', file([]), /JSON/],
  ['an unknown type', file({ x: { dtype: 'BF16', shape: [], data_offsets: [0, 2] } }, 2), /x: dtype "BF16"/],
  ['no shape', file({ x: { dtype: 'F32', data_offsets: [0, 4] } }, 4), /x: shape is missing/],
  ['wrong size', file({ x: { dtype: 'F32', shape: [2], data_offsets: [0, 4] } }, 4), /x: \[2\] F32 = 8 bytes/],
  ['outside', file({ x: { dtype: 'F32', shape: [1], data_offsets: [4, 8] } }, 4), /data_offsets \[4, 8\] of 4/],
  ['a gap', file({ x: { dtype: 'F32', shape: [1], data_offsets: [4, 8] } }, 8), /data_offsets: 0 → 4/],
  ['4,000 tensors over the same 16 MB', overlapping(4000, 4 * 2 ** 20), /data_offsets: \d+ → 0/],
  ['a header in a header', file(`{"a":${'['.repeat(9000)}${']'.repeat(9000)}}`), /JSON/],
  ['bytes left over', file({ x: { dtype: 'F32', shape: [1], data_offsets: [0, 4] } }, 8), /data_offsets: 4 → 8/],
])('refuses: %s', (_, bytes, message) => {
  expect(() => readSafetensors(bytes, 'w')).toThrow(message);
  expect(() => readSafetensors(bytes, 'w')).toThrow(/“w” is not a valid safetensors file/);
});
