import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fromBinary, toBinary } from '@bufbuild/protobuf';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { afterAll, expect, it } from 'vitest';
import { Builder } from '../ir/builder.ts';
import { floatTensor } from '../ir/tensor.ts';
import { ModelProtoSchema } from './gen/onnx_pb.ts';
import { validateModel } from './validate.ts';
import { writeModel, writeModelFiles } from './write.ts';

const folder = mkdtempSync(join(tmpdir(), 'netloom-external-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** A model with two large weights, a small one and a shape. */
function program() {
  const g = new Builder('net');
  const weights = (rows: number, columns: number) =>
    floatTensor(
      [rows, columns],
      Float32Array.from({ length: rows * columns }, (_, i) => Math.sin(i)),
    );
  const x = g.input('x', 'float32', ['N', 20], { kind: 'data' });
  const y = g.matMul(g.matMul(x, g.constant(weights(20, 30), 'w')), g.constant(weights(30, 70), 'v'));
  const shaped = g.reshape(g.add(y, g.constant(weights(1, 70), 'b')), [-1, 7, 10]);
  return g.finish([{ value: shaped, role: { kind: 'prediction' }, name: 'y' }]);
}

it('large weights are written to an external file, which the runtime reads', async () => {
  const { model, external } = writeModelFiles(program(), { name: 'net.onnx.data', above: 1000 });
  expect(external?.parts.map(({ length }) => length)).toEqual([2400, 4096 - 2400, 8400]);
  expect(validateModel(model)).toEqual([]);
  expect(model.length).toBeLessThan(1500);
  writeFileSync(join(folder, 'net.onnx'), model);
  writeFileSync(join(folder, 'net.onnx.data'), Buffer.concat(external?.parts ?? []));

  const x = new Tensor(
    'float32',
    Float32Array.from({ length: 60 }, (_, i) => Math.cos(i)),
    [3, 20],
  );
  const [whole, split] = await Promise.all([
    InferenceSession.create(writeModel(program())),
    InferenceSession.create(join(folder, 'net.onnx')),
  ]);
  const [expected, got] = [await whole.run({ x }), await split.run({ x })];
  expect(got.y?.data).toEqual(expected.y?.data);
  expect(got.y?.dims).toEqual([3, 7, 10]);
});

it('a model within the limit has no external file', () => {
  const { model, external } = writeModelFiles(program(), { name: 'net.onnx.data' });
  expect(external).toBeNull();
  expect(model).toEqual(writeModel(program()));
});

it.each([
  ['location', '/etc/passwd', /in '\/etc\/passwd', which is not in the folder of the model/],
  ['location', '../w', /not in the folder of the model/],
  ['location', 'C:\\w', /not in the folder of the model/],
  ['length', '9', /at 0 in 'w', 9 bytes; its shape needs 2400/],
  ['offset', '-1', /at -1 in 'w'/],
])('a wrong %s is a problem: %s', (key, value, message) => {
  const proto = fromBinary(ModelProtoSchema, writeModelFiles(program(), { name: 'w', above: 0 }).model);
  const [first] = proto.graph?.initializer ?? [];
  for (const entry of first?.externalData ?? []) if (entry.key === key) entry.value = value;
  expect(validateModel(toBinary(ModelProtoSchema, proto))).toEqual([expect.stringMatching(message)]);
});
