import { clone, create } from '@bufbuild/protobuf';
import { constantOf, opName } from '../../importing/model.ts';
import {
  TensorProto_DataType as DataType,
  GraphProtoSchema,
  type ModelProto,
  ModelProtoSchema,
  NodeProtoSchema,
  type TensorProto,
  TensorProtoSchema,
} from '../../onnx/gen/onnx_pb.ts';
import { decodeConstant } from '../../onnx/tensors.ts';

/**
 * A model whose reshapes begin with the size of a fixed batch, with reshapes to any batch. Only the target shapes change; everything
 * else is shared with `model`.
 */
export function withFreeReshapes(model: ModelProto, batch: number): ModelProto {
  const graph = model.graph as NonNullable<ModelProto['graph']>;
  const stored = new Map(graph.initializer.map((tensor) => [tensor.name, tensor]));
  for (const node of graph.node) {
    const constant = constantOf(node);
    if (constant !== undefined) stored.set(node.output[0] as string, constant);
  }
  const added: TensorProto[] = [];
  const node = graph.node.map((each, i) => {
    const target = opName(each) === 'Reshape' ? stored.get(each.input[1] ?? '') : undefined;
    const dims = target === undefined ? null : freed(target, batch);
    if (dims === null) return each;
    const name = `${each.input[1]}/netloom_free_${i}`;
    added.push(
      create(TensorProtoSchema, { name, dims: [BigInt(dims.length)], dataType: DataType.INT64, int64Data: dims }),
    );
    return Object.assign(clone(NodeProtoSchema, each), { input: [each.input[0] as string, name] });
  });
  if (added.length === 0) return model;
  return create(ModelProtoSchema, {
    ...model,
    graph: create(GraphProtoSchema, { ...graph, node, initializer: [...graph.initializer, ...added] }),
  });
}

function freed(target: TensorProto, batch: number): bigint[] | null {
  const dims = decodeConstant(target)?.data;
  if (!(dims instanceof BigInt64Array) || dims.length < 2 || dims[0] !== BigInt(batch)) return null;
  return [dims.includes(-1n) ? 0n : -1n, ...dims.subarray(1)];
}
