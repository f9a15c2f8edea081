import type { AttributeProto, GraphProto, ModelProto, NodeProto, TensorProto } from '../onnx/gen/onnx_pb.ts';

/** All nodes of a model, also those in sub-graphs and local functions. */
export function* everyNode(model: ModelProto): Generator<NodeProto> {
  for (const graph of everyGraph(model)) yield* graph.node;
  for (const { node } of model.functions) yield* node;
}

/** The graph of a model and all sub-graphs. */
export function* everyGraph(model: ModelProto): Generator<GraphProto> {
  const waiting: GraphProto[] = model.graph === undefined ? [] : [model.graph];
  const open = (nodes: readonly NodeProto[]): void => {
    for (const node of nodes) {
      for (const attribute of node.attribute) {
        waiting.push(...(attribute.g === undefined ? [] : [attribute.g]), ...attribute.graphs);
      }
    }
  };
  for (const { node } of model.functions) open(node);
  for (let graph = waiting.pop(); graph !== undefined; graph = waiting.pop()) {
    open(graph.node);
    yield graph;
  }
}

const inAttribute = ({ t, tensors }: AttributeProto): TensorProto[] => [...(t === undefined ? [] : [t]), ...tensors];

/** All tensors of a model: initializers, and those in attributes. */
export function* everyTensor(model: ModelProto): Generator<TensorProto> {
  for (const { initializer } of everyGraph(model)) yield* initializer;
  for (const { attribute } of everyNode(model)) for (const each of attribute) yield* inAttribute(each);
}
