import { create } from '@bufbuild/protobuf';
import {
  type AttributeProto,
  type GraphProto,
  type ModelProto,
  type NodeProto,
  NodeProtoSchema,
  type TensorProto,
} from '../onnx/gen/onnx_pb.ts';
import { domainOf } from '../onnx/read.ts';
import type { Node } from './site.ts';

/** A result of the model under its name there, and the value that it is. */
export interface Result {
  readonly name: string;
  readonly value: string;
}

/** The graph of a model as recognition sees it: constants apart, identities skipped. */
export interface ModelGraph {
  readonly nodes: readonly Node[];
  /** Inputs that are not initializers, in order. */
  readonly inputs: readonly string[];
  readonly results: readonly Result[];
  /** Names whose value is that of another name. */
  readonly alias: ReadonlyMap<string, string>;
}

/** Name of the operator of a node with its domain, unless that is ONNX's own. */
export const opName = ({ domain, opType }: NodeProto): string =>
  domainOf(domain) === '' ? opType : `${domain}.${opType}`;

export const subgraphs = (node: NodeProto): GraphProto[] =>
  node.attribute.flatMap((attribute: AttributeProto) => [
    ...(attribute.g === undefined ? [] : [attribute.g]),
    ...attribute.graphs,
  ]);

/** Values from outside that the sub-graphs of a node use. */
export function capturedBy(node: NodeProto): Set<string> {
  const captured = new Set<string>();
  for (const graph of subgraphs(node)) {
    const own = new Set([...graph.input, ...graph.initializer].map(({ name }) => name));
    for (const inner of graph.node) {
      for (const name of [...inner.input, ...capturedBy(inner)]) if (name !== '' && !own.has(name)) captured.add(name);
      for (const name of inner.output) own.add(name);
    }
    for (const { name } of graph.output) if (!own.has(name)) captured.add(name);
  }
  return captured;
}

/** The constant that a Constant node holds, as a tensor without a name; undefined for other nodes and forms. */
export function constantOf(node: NodeProto): TensorProto | undefined {
  if (opName(node) !== 'Constant') return undefined;
  return node.attribute.find(({ name }) => name === 'value')?.t;
}

export function graphOf(model: ModelProto): ModelGraph {
  const graph = model.graph as GraphProto;
  const given = new Set(graph.initializer.map(({ name }) => name));
  const alias = new Map<string, string>();
  const resolved = (name: string): string => alias.get(name) ?? name;
  const nodes: Node[] = [];
  for (const proto of graph.node) {
    const op = opName(proto);
    const inputs = proto.input.map(resolved);
    if (op === 'Identity' && proto.input.length === 1) alias.set(proto.output[0] as string, inputs[0] as string);
    else nodes.push({ op, proto, inputs, outputs: proto.output });
  }
  return {
    nodes,
    inputs: graph.input.map(({ name }) => name).filter((name) => !given.has(name)),
    results: graph.output.map(({ name }) => ({ name, value: resolved(name) })),
    alias,
  };
}

export const identityNode = (from: string, to: string): NodeProto =>
  create(NodeProtoSchema, { opType: 'Identity', input: [from], output: [to] });
