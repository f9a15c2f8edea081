import { fromBinary, toBinary } from '@bufbuild/protobuf';
import { expect, it } from 'vitest';
import { Builder } from '../ir/builder.ts';
import { floatTensor } from '../ir/tensor.ts';
import {
  AttributeProto_AttributeType as AttributeType,
  type GraphProto,
  type ModelProto,
  ModelProtoSchema,
} from './gen/onnx_pb.ts';
import { validateModel } from './validate.ts';
import { writeModel } from './write.ts';

/** x [N, 1, 4, 4] → Conv 'c/Conv' → MaxPool 'p/MaxPool' → y. */
function model(opset = 17): Uint8Array {
  const g = new Builder('net');
  const x = g.input('x', 'float32', ['N', 1, 4, 4], { kind: 'data' });
  const w = g.constant(floatTensor([2, 1, 1, 1], [1, 2]), 'w');
  const window = { kernel: [1, 1], strides: [1, 1], pads: [0, 0, 0, 0], dilations: [1, 1] };
  const c = g.within('c', () => g.conv(x, w, null, window));
  const y = g.within('p', () => g.maxPool(c, { ...window, kernel: [2, 2] }));
  return writeModel(g.finish([{ value: y, role: { kind: 'prediction' }, name: 'y' }]), {
    opset,
    metadata: { a: '1' },
  });
}

/** The model with a changed graph. */
function damaged(change: (graph: GraphProto) => void): Uint8Array {
  const proto = fromBinary(ModelProtoSchema, model());
  change(proto.graph!);
  return toBinary(ModelProtoSchema, proto);
}

it.each([13, 17, 18, 21])('finds no problem at opset %i', (opset) => {
  expect(validateModel(model(opset))).toEqual([]);
});

const graphDamage: readonly (readonly [string, (graph: GraphProto) => void, string])[] = [
  ['no name', (g) => (g.name = ''), 'the graph has no name'],
  ['no outputs', (g) => (g.output = []), 'the graph has no outputs'],
  ['unknown op', (g) => (g.node[0]!.opType = 'Convolve'), "no such op in version 17 of the domain ''"],
  ['domain not imported', (g) => (g.node[0]!.domain = 'com.microsoft'), 'which the model does not import'],
  ['too few inputs', (g) => g.node[0]!.input.pop(), "Conv 'c/Conv' has 1 inputs, expected 2 to 3"],
  ['too many outputs', (g) => g.node[0]!.output.push('z'), "Conv 'c/Conv' has 2 outputs, expected 1"],
  ['required input omitted', (g) => (g.node[0]!.input[1] = ''), "Conv 'c/Conv' lacks one of its first 2 inputs"],
  ['used before defined', (g) => g.node.reverse(), "MaxPool 'p/MaxPool' uses 'c/conv' before it is defined"],
  ['defined twice', (g) => (g.node[1]!.output[0] = 'c/conv'), "MaxPool 'p/MaxPool' defines 'c/conv' again"],
  ['output not produced', (g) => (g.output[0]!.name = 'z'), "nothing produces the output 'z'"],
  ['output without type', (g) => (g.output[0]!.type = undefined), "'y' has no tensor type"],
  ['same node name', (g) => (g.node[1]!.name = 'c/Conv'), "two nodes are named 'c/Conv'"],
  ['same input name', (g) => g.input.push(g.input[0]!), "two inputs are named 'x'"],
  ['same initializer name', (g) => g.initializer.push(g.initializer[0]!), "two initializers are named 'const/w'"],
  ['initializer cut short', (g) => (g.initializer[0]!.rawData = new Uint8Array(6)), 'has 1.5 values'],
  ['initializer twice', (g) => (g.initializer[0]!.floatData = [1, 2]), 'has its values twice'],
  ['initializer of strings', (g) => (g.initializer[0]!.dataType = 8), 'an element type that is not supported (8)'],
  ['initializer elsewhere', (g) => (g.initializer[0]!.dataLocation = 1), 'which is not in the folder of the model'],
  ['unknown attribute', (g) => (g.node[1]!.attribute[0]!.name = 'size'), "has no attribute 'size' at this opset"],
  ['attribute lacking', (g) => g.node[1]!.attribute.shift(), "lacks the attribute 'kernel_shape'"],
  ['attribute twice', (g) => g.node[1]!.attribute.push(g.node[1]!.attribute[0]!), "the attribute 'kernel_shape' twice"],
  ['attribute type', (g) => (g.node[1]!.attribute[0]!.type = AttributeType.INT), 'is INT, expected ints'],
  ['attribute with two values', (g) => (g.node[1]!.attribute[0]!.f = 1), 'has more than one value'],
];

it.each(graphDamage)('finds damage: %s', (_, change, problem) => {
  expect(validateModel(damaged(change)).join('\n')).toContain(problem);
});

const modelDamage: readonly (readonly [string, (model: ModelProto) => void, string])[] = [
  ['no opset', (m) => m.opsetImport.pop(), 'no opset of the default domain is imported'],
  ['a domain twice', (m) => m.opsetImport.push(m.opsetImport[0]!), "the domain '' is imported twice"],
  ['an old opset', (m) => (m.opsetImport[0]!.version = 9n), 'opset 9 cannot be checked'],
  ['an old IR', (m) => (m.irVersion = 2n), 'IR version 2 has no opsets'],
  ['a metadata key twice', (m) => m.metadataProps.push(m.metadataProps[0]!), "the metadata key 'a' occurs twice"],
  ['no graph', (m) => (m.graph = undefined), 'these bytes are not an ONNX model'],
];

it.each(modelDamage)('finds damage: %s', (_, change, problem) => {
  const proto = fromBinary(ModelProtoSchema, model());
  change(proto);
  expect(validateModel(toBinary(ModelProtoSchema, proto)).join('\n')).toContain(problem);
});

it('the reductions have their axes as an attribute up to opset 17 and as an input from 18', () => {
  const g = new Builder('mean');
  const x = g.input('x', 'float32', [2, 3], { kind: 'data' });
  const program = g.finish([{ value: g.reduceMean(x, [1]), role: { kind: 'prediction' } }]);
  for (const [from, to] of [
    [17, 18],
    [18, 17],
  ] as const) {
    expect(validateModel(writeModel(program, { opset: from }))).toEqual([]);
    const proto = fromBinary(ModelProtoSchema, writeModel(program, { opset: from }));
    proto.opsetImport[0]!.version = BigInt(to);
    expect(validateModel(toBinary(ModelProtoSchema, proto))).toHaveLength(1);
  }
});

it('other bytes are not a model', () => {
  expect(validateModel(Uint8Array.of(1, 2, 3))).toEqual(['these bytes are not an ONNX model']);
});
