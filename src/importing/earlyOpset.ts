import { create } from '@bufbuild/protobuf';
import {
  AttributeProtoSchema,
  AttributeProto_AttributeType as AttributeType,
  type ModelProto,
  type NodeProto,
  NodeProtoSchema,
} from '../onnx/gen/onnx_pb.ts';
import { domainOf } from '../onnx/read.ts';
import { opName } from './model.ts';

/** The first opset that the runtime computes, and the first with the broadcasting of NumPy. */
const FIRST = 7;
const BROADCASTING = new Set([
  'Add',
  'Sub',
  'Mul',
  'Div',
  'Pow',
  'And',
  'Or',
  'Xor',
  'Equal',
  'Greater',
  'Less',
  'PRelu',
]);
/** Attributes that opset 7 no longer has. */
const GONE = new Set(['broadcast', 'axis', 'is_test', 'consumed_inputs']);
const CHANGED = new Set([...BROADCASTING, 'Gemm', 'BatchNormalization', 'Dropout']);

/** Writes the nodes of a model of opset 6 or before in the form of opset 7. The model is changed. */
export function liftEarlyOpset(model: ModelProto): void {
  const { graph, opsetImport } = model;
  const own = opsetImport.find(({ domain }) => domainOf(domain) === '');
  if (graph === undefined || own === undefined || own.version >= BigInt(FIRST) || own.version < 1n) return;
  const ranks = new Map<string, number>();
  for (const { name, type } of [...graph.input, ...graph.valueInfo, ...graph.output]) {
    const rank = type?.value.case === 'tensorType' ? type.value.value.shape?.dim.length : undefined;
    if (rank !== undefined) ranks.set(name, rank);
  }
  for (const { name, dims } of graph.initializer) ranks.set(name, dims.length);
  graph.node = graph.node.flatMap((node) => {
    const lifted = CHANGED.has(opName(node)) ? liftedNode(node, ranks) : [node];
    // Most ops keep the number of axes; a wrong guess makes a model that does not run.
    const rank = ranks.get(node.input[0] ?? '');
    for (const output of node.output) if (rank !== undefined && !ranks.has(output)) ranks.set(output, rank);
    return lifted;
  });
  own.version = BigInt(FIRST);
}

/** A second operand that began at `axis` gets axes of size 1 behind its own, which align it to the right. */
function liftedNode(node: NodeProto, ranks: ReadonlyMap<string, number>): NodeProto[] {
  const [a = '', b = ''] = node.input;
  const [rankA, rankB] = [ranks.get(a), ranks.get(b)];
  const given = node.attribute.find(({ name }) => name === 'axis');
  const axis = node.opType === 'PRelu' ? 1 : given === undefined ? undefined : Number(given.i);
  const behind =
    BROADCASTING.has(node.opType) && axis !== undefined && rankA !== undefined && rankB !== undefined
      ? rankA - (axis < 0 ? axis + rankA : axis) - rankB
      : 0;
  const isDropout = node.opType === 'Dropout';
  node.attribute = node.attribute.filter(
    ({ name }) => !GONE.has(name) || (name === 'axis' && !BROADCASTING.has(node.opType)),
  );
  if (isDropout) node.output = node.output.slice(0, 1);
  if (behind <= 0 || rankB === undefined || rankB === 0) return [node];
  const name = `${b}/${node.output[0]}/aligned`;
  const axes = Array.from({ length: behind }, (_, i) => BigInt(rankB + i));
  const align = create(NodeProtoSchema, {
    opType: 'Unsqueeze',
    input: [b],
    output: [name],
    attribute: [create(AttributeProtoSchema, { name: 'axes', type: AttributeType.INTS, ints: axes })],
  });
  node.input = [a, name, ...node.input.slice(2)];
  return [align, node];
}
