import { create, toBinary } from '@bufbuild/protobuf';
import {
  TensorProto_DataType as DataType,
  GraphProtoSchema,
  ModelProtoSchema,
  NodeProtoSchema,
  OperatorSetIdProtoSchema,
  TensorProtoSchema,
  type ValueInfoProto,
  ValueInfoProtoSchema,
} from '../../../onnx/gen/onnx_pb.ts';

function info(name: string, elemType: DataType, sizes: readonly string[]): ValueInfoProto {
  const dim = sizes.map((value) => ({ value: { case: 'dimParam' as const, value } }));
  return create(ValueInfoProtoSchema, {
    name,
    type: { value: { case: 'tensorType', value: { elemType, shape: { dim } } } },
  });
}

/** A model x·W that leaves the length of x open, but runs with `length` alone. `values`: the numbers of W; zeros by default. */
export function openSizesModel(
  length: number,
  dataType: DataType = DataType.FLOAT,
  values = new Uint8Array(8 * length),
): Uint8Array {
  const model = create(ModelProtoSchema, {
    irVersion: 8n,
    opsetImport: [create(OperatorSetIdProtoSchema, { version: 17n })],
    graph: create(GraphProtoSchema, {
      name: 'sizes',
      input: [info('x', dataType, ['N', 'T'])],
      initializer: [create(TensorProtoSchema, { name: 'w', dims: [BigInt(length), 2n], dataType, rawData: values })],
      node: [create(NodeProtoSchema, { opType: 'MatMul', input: ['x', 'w'], output: ['y'] })],
      output: [info('y', dataType, ['N', 'K'])],
    }),
  });
  return toBinary(ModelProtoSchema, model);
}
