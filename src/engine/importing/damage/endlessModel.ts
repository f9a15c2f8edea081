import { create, toBinary } from '@bufbuild/protobuf';
import {
  AttributeProto_AttributeType,
  AttributeProtoSchema,
  TensorProto_DataType as DataType,
  GraphProtoSchema,
  ModelProtoSchema,
  NodeProtoSchema,
  OperatorSetIdProtoSchema,
  TensorProtoSchema,
  ValueInfoProtoSchema,
} from '../../../onnx/gen/onnx_pb.ts';

const info = (name: string, elemType: DataType, sizes: readonly (number | string)[]) =>
  create(ValueInfoProtoSchema, {
    name,
    type: {
      value: {
        case: 'tensorType',
        value: {
          elemType,
          shape: {
            dim: sizes.map((size) => ({
              value:
                typeof size === 'string'
                  ? { case: 'dimParam' as const, value: size }
                  : { case: 'dimValue' as const, value: BigInt(size) },
            })),
          },
        },
      },
    },
  });

const node = (opType: string, input: string[], output: string[]) => create(NodeProtoSchema, { opType, input, output });

/** A valid model whose loop never ends. */
export function endlessModel(): Uint8Array {
  const body = create(GraphProtoSchema, {
    name: 'body',
    input: [info('i', DataType.INT64, []), info('going', DataType.BOOL, []), info('before', DataType.FLOAT, ['N', 4])],
    node: [node('Identity', ['going'], ['goes_on']), node('Identity', ['before'], ['after'])],
    output: [info('goes_on', DataType.BOOL, []), info('after', DataType.FLOAT, ['N', 4])],
  });
  const loop = create(NodeProtoSchema, {
    name: 'loop',
    opType: 'Loop',
    input: ['', 'always', 'x'],
    output: ['y'],
    attribute: [create(AttributeProtoSchema, { name: 'body', type: AttributeProto_AttributeType.GRAPH, g: body })],
  });
  return toBinary(
    ModelProtoSchema,
    create(ModelProtoSchema, {
      irVersion: 8n,
      opsetImport: [create(OperatorSetIdProtoSchema, { version: 17n })],
      graph: create(GraphProtoSchema, {
        name: 'endless',
        input: [info('x', DataType.FLOAT, ['N', 4])],
        initializer: [create(TensorProtoSchema, { name: 'always', dataType: DataType.BOOL, int32Data: [1] })],
        node: [loop],
        output: [info('y', DataType.FLOAT, ['N', 4])],
      }),
    }),
  );
}
