import { clone } from '@bufbuild/protobuf';
import {
  type AttributeProto,
  AttributeProtoSchema,
  type FunctionProto,
  type GraphProto,
  type ModelProto,
  type NodeProto,
  NodeProtoSchema,
} from '../onnx/gen/onnx_pb.ts';
import { domainOf } from '../onnx/read.ts';
import { identityNode } from './model.ts';

/** Limits of a model whose functions call each other. */
const DEEPEST = 32;
const MOST_NODES = 200_000;

const keyOf = (domain: string, name: string, overload: string): string => `${domainOf(domain)}:${name}:${overload}`;

/**
 * Replaces calls of local functions in the main graph by the nodes of the functions. A function that calls itself stays a call,
 * and so do the calls beyond the limits: the runtime then refuses the model.
 */
export function inlineFunctions(model: ModelProto): void {
  const functions = new Map(
    model.functions.map((each) => [keyOf(each.domain, each.name, each.overload), each] as const),
  );
  if (functions.size === 0) return;
  const graph = model.graph as GraphProto;
  let count = 0;
  let calls = 0;
  const expand = (nodes: readonly NodeProto[], depth: number): NodeProto[] =>
    nodes.flatMap((node) => {
      const called = functions.get(keyOf(node.domain, node.opType, node.overload));
      if (called === undefined || depth >= DEEPEST || count > MOST_NODES) {
        count++;
        return [node];
      }
      return expand(bodyOf(called, node, `${node.name || node.opType}_${++calls}`), depth + 1);
    });
  graph.node = expand(graph.node, 0);
  const versions = new Map(model.opsetImport.map(({ domain }) => [domainOf(domain), true]));
  for (const { opsetImport } of model.functions) {
    for (const each of opsetImport) {
      if (versions.has(domainOf(each.domain))) continue;
      versions.set(domainOf(each.domain), true);
      model.opsetImport.push(each);
    }
  }
}

/** The nodes of a function, with the values of a call in place of its inputs, outputs and attributes. */
function bodyOf(called: FunctionProto, call: NodeProto, prefix: string): NodeProto[] {
  const names = new Map<string, string>([['', '']]);
  for (const [i, name] of called.input.entries()) names.set(name, call.input[i] ?? '');
  const extra: NodeProto[] = [];
  for (const [i, name] of called.output.entries()) {
    const given = call.output[i] ?? '';
    if (given === '') continue;
    // A function may return its input as it is.
    if (names.has(name)) extra.push(identityNode(names.get(name) as string, given));
    else names.set(name, given);
  }
  const named = (name: string): string => {
    const known = names.get(name);
    if (known !== undefined) return known;
    const inner = `${prefix}/${name}`;
    names.set(name, inner);
    return inner;
  };
  const given = new Map([...called.attributeProto, ...call.attribute].map((each) => [each.name, each]));
  const renamed = (node: NodeProto): NodeProto => {
    const copy = clone(NodeProtoSchema, node);
    copy.input = node.input.map(named);
    copy.output = node.output.map(named);
    copy.name = `${prefix}/${node.name || node.opType}`;
    copy.attribute = copy.attribute.flatMap((each) => attributeIn(each, given));
    for (const each of copy.attribute) {
      for (const graph of [...(each.g === undefined ? [] : [each.g]), ...each.graphs]) renameOuter(graph, names, given);
    }
    return copy;
  };
  return [...called.node.map(renamed), ...extra];
}

/** An attribute, or that of the call to which it refers; none if the call does not have it. */
function attributeIn(attribute: AttributeProto, given: ReadonlyMap<string, AttributeProto>): AttributeProto[] {
  if (attribute.refAttrName === '') return [attribute];
  const found = given.get(attribute.refAttrName);
  if (found === undefined) return [];
  const copy = clone(AttributeProtoSchema, found);
  copy.name = attribute.name;
  return [copy];
}

/** Renames the values of the function that a sub-graph uses. */
function renameOuter(
  graph: GraphProto,
  names: ReadonlyMap<string, string>,
  given: ReadonlyMap<string, AttributeProto>,
): void {
  const own = new Set([...graph.input, ...graph.initializer].map(({ name }) => name));
  const named = (name: string): string => (own.has(name) ? name : (names.get(name) ?? name));
  for (const node of graph.node) {
    node.input = node.input.map(named);
    node.attribute = node.attribute.flatMap((each) => attributeIn(each, given));
    for (const each of node.attribute) {
      for (const inner of [...(each.g === undefined ? [] : [each.g]), ...each.graphs]) renameOuter(inner, names, given);
    }
    for (const name of node.output) own.add(name);
  }
  for (const output of graph.output) output.name = named(output.name);
}
