import { create } from '@bufbuild/protobuf';
import { expect, it } from 'vitest';
import { GraphProtoSchema, ModelProtoSchema, type TensorProto, TensorProtoSchema } from '../onnx/gen/onnx_pb.ts';
import { graphSha256 } from './exportedGraph.ts';

type Values = Partial<Omit<TensorProto, '$typeName' | '$unknown'>>;

const hashOf = (tensor: TensorProto): string =>
  graphSha256(create(ModelProtoSchema, { graph: create(GraphProtoSchema, { initializer: [tensor] }) }));

it.each<[string, Values, Values]>([
  ['bytes', { rawData: Uint8Array.of(1) }, { rawData: Uint8Array.of(2) }],
  ['float32', { floatData: [1] }, { floatData: [2] }],
  ['int32', { int32Data: [1] }, { int32Data: [2] }],
  ['int64', { int64Data: [1n] }, { int64Data: [2n] }],
  ['uint64', { uint64Data: [1n] }, { uint64Data: [2n] }],
  ['float64', { doubleData: [1] }, { doubleData: [2] }],
  ['strings', { stringData: [Uint8Array.of(65)] }, { stringData: [Uint8Array.of(66)] }],
])('another small constant of %s is another graph', (_, before, after) => {
  const tensor = (values: Values) => create(TensorProtoSchema, { name: 'k', dims: [1n], dataType: 1, ...values });
  expect(hashOf(tensor(after))).not.toBe(hashOf(tensor(before)));
  // A copy of a message has its own fields only.
  expect(hashOf({ ...tensor(before) })).toBe(hashOf(tensor(before)));
});

it('other weights are the same graph', () => {
  const weights = (value: number) =>
    create(TensorProtoSchema, { name: 'w', dims: [1024n], rawData: new Uint8Array(4096).fill(value) });
  expect(hashOf(weights(1))).toBe(hashOf(weights(2)));
});
