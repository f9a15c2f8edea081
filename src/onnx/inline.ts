import { clone, create, toBinary } from '@bufbuild/protobuf';
import type { Fragment, Op, Program } from '../ir/program.ts';
import { OPSETS } from '../opsets.ts';
import {
  type FunctionProto,
  FunctionProtoSchema,
  type GraphProto,
  GraphProtoSchema,
  type ModelProto,
  type NodeProto,
  NodeProtoSchema,
  type SparseTensorProto,
  type TensorProto,
  type TypeProto,
} from './gen/onnx_pb.ts';
import { fragmentModel } from './operator.ts';
import { OpsetError } from './opset.ts';
import { domainOf } from './read.ts';
import { tensorOf } from './tensors.ts';
import { NoUpgrade, type UpgradeScope, upgraded, withGraphs } from './upgrade.ts';

/** Parts of a model that operators add. */
export interface OperatorNodes {
  readonly nodes: readonly NodeProto[];
  readonly initializers: readonly TensorProto[];
  readonly sparse: readonly SparseTensorProto[];
  readonly functions: readonly FunctionProto[];
  /** Versions of the imported domains besides the default one. */
  readonly domains: ReadonlyMap<string, number>;
}

/** Functions of all operators of a model, by domain, name and overload. */
export type KnownFunctions = Map<string, Uint8Array>;

const versionOf = (imports: ModelProto['opsetImport'], otherwise: number): number => {
  const found = imports.find(({ domain }) => domainOf(domain) === '');
  return found === undefined ? otherwise : Number(found.version);
};

const modelOf = ({ title, model }: Fragment): ModelProto & { readonly graph: GraphProto } => {
  const read = fragmentModel(model);
  if (read?.graph === undefined) throw new Error(`the model of the operator '${title}' is damaged`);
  return read as ModelProto & { readonly graph: GraphProto };
};

/** Names that a graph and the graphs inside it use. */
function namesIn(nodes: readonly NodeProto[], names = new Set<string>()): Set<string> {
  for (const { input, output, attribute } of nodes) {
    for (const name of [...input, ...output]) names.add(name);
    for (const { g, graphs } of attribute)
      for (const graph of g === undefined ? graphs : [g, ...graphs]) namesIn(graph.node, names);
  }
  return names;
}

function scopeOf(nodes: readonly NodeProto[], initializers: readonly TensorProto[]): UpgradeScope {
  const names = namesIn(nodes);
  const constants = new Map(initializers.map((tensor) => [tensor.name, tensor]));
  for (const { opType, output, attribute } of nodes) {
    const value = attribute.find(({ name }) => name === 'value')?.t;
    if (opType === 'Constant' && value !== undefined) constants.set(output[0] ?? '', value);
  }
  return {
    fresh(base) {
      let name = base;
      for (let n = 2; names.has(name); n++) name = `${base}_${n}`;
      names.add(name);
      return name;
    },
    numbersOf(name) {
      const proto = constants.get(name);
      const tensor = proto === undefined ? null : tensorOf(proto);
      return tensor === null ? undefined : Array.from<number | bigint, number>(tensor.data, Number);
    },
  };
}

/** The nodes of a fragment at `opset`. Throws NoUpgrade. */
export function nodesAt(model: ModelProto & { readonly graph: GraphProto }, opset: number): NodeProto[] {
  const { node, initializer } = model.graph;
  return upgraded(node, versionOf(model.opsetImport, opset), opset, scopeOf(node, initializer));
}

/**
 * The opset at which a program can be written: the standard one, or the first later one at which its operators have a form. Throws
 * OpsetError if there is none.
 */
export function opsetFor({ ops }: Pick<Program, 'ops'>): number {
  const operators = ops.filter(({ fragment }) => fragment !== undefined);
  let failure: OpsetError | null = null;
  for (let opset: number = OPSETS.standard; opset <= OPSETS.most; opset++) {
    failure = operators.reduce<OpsetError | null>((found, op) => found ?? problemAt(op, opset), null);
    if (failure === null) return opset;
  }
  throw failure ?? new Error('there are no opsets');
}

function problemAt(op: Op, opset: number): OpsetError | null {
  try {
    const model = modelOf(op.fragment as Fragment);
    nodesAt(model, opset);
    for (const each of model.functions) functionAt(each, opset);
    return null;
  } catch (error) {
    if (error instanceof NoUpgrade) return refusal(op, error);
    throw error;
  }
}

function refusal({ name, fragment }: Op, { opType, from, to }: NoUpgrade): OpsetError {
  const node = name.slice(0, Math.max(0, name.lastIndexOf('/'))) || (fragment?.title ?? name);
  return new OpsetError({
    en: `“${node}” contains the ONNX op ${opType} in its form of opset ${from}, which opset ${to} does not have. Choose another opset, ${from} if possible.`,
    zh: `“${node}”含有 opset ${from} 形式的 ONNX 算子 ${opType}，而 opset ${to} 没有这种形式。请选择其他 opset，最好是 ${from}。`,
  });
}

function functionAt(definition: FunctionProto, opset: number): FunctionProto {
  const copy = clone(FunctionProtoSchema, definition);
  const from = versionOf(copy.opsetImport, opset);
  copy.node = upgraded(copy.node, from, opset, scopeOf(copy.node, []));
  for (const each of copy.opsetImport) if (domainOf(each.domain) === '') each.version = BigInt(opset);
  return copy;
}

/**
 * The nodes of an `Operator` for a model of that opset. Names begin with `prefix`, but inputs and outputs have those of the op. Throws
 * OpsetError if the opset does not have these nodes.
 */
export function inlined(op: Op, opset: number, prefix: string, known: KnownFunctions): OperatorNodes {
  const model = modelOf(op.fragment as Fragment);
  const { graph } = model;
  try {
    const nodes = nodesAt(model, opset);
    const functions = model.functions.map((each) => functionAt(each, opset));
    const domains = new Map<string, number>();
    for (const { domain, version } of [...model.opsetImport, ...functions.flatMap((each) => each.opsetImport)]) {
      if (domainOf(domain) !== '') domains.set(domain, Math.max(domains.get(domain) ?? 0, Number(version)));
    }
    const calls = functionNames(functions, known);
    for (const { domain } of functions) if (!domains.has(domain)) domains.set(domain, 1);

    const names = new Map<string, string>(graph.input.map(({ name }, i) => [name, op.inputs[i]?.name ?? '']));
    const made = new Set(nodes.flatMap(({ output }) => output));
    const passed: NodeProto[] = [];
    graph.output.forEach(({ name }, i) => {
      const result = op.outputs[i]?.name ?? '';
      // An output may also be an input or a constant, or be listed twice.
      if (made.has(name) && !names.has(name)) names.set(name, result);
      else passed.push(create(NodeProtoSchema, { opType: 'Identity', input: [name], output: [name], name: result }));
    });
    const rename = renaming(names, prefix);
    const body = nodes.map((node, i) => renamedNode(calls(node), rename, prefix, i));
    const taken = new Set(graph.input.map(({ name }) => name));
    return {
      nodes: [
        ...body,
        ...passed.map((node) => ({
          ...node,
          input: node.input.map(rename),
          output: [node.name],
          name: `${node.name}/pass`,
        })),
      ],
      initializers: graph.initializer
        .filter(({ name }) => !taken.has(name))
        .map((tensor) => ({ ...tensor, name: rename(tensor.name) })),
      sparse: graph.sparseInitializer.map((each) => ({
        ...each,
        ...(each.values !== undefined && { values: { ...each.values, name: rename(each.values.name) } }),
      })),
      functions: functions.map((each) => ({ ...each, name: calls.nameOf(each), node: each.node.map(calls) })),
      domains,
    };
  } catch (error) {
    if (error instanceof NoUpgrade) throw refusal(op, error);
    throw error;
  }
}

type Rename = (name: string) => string;

/** An empty name is an omitted input or output. */
const renaming =
  (names: ReadonlyMap<string, string>, prefix: string): Rename =>
  (name) =>
    name === '' ? '' : (names.get(name) ?? `${prefix}${name}`);

function renamedNode(node: NodeProto, rename: Rename, prefix: string, at: number): NodeProto {
  const named = { ...node, name: `${prefix}${node.name || `${node.opType}_${at}`}` };
  const outer = { ...named, input: node.input.map(rename), output: node.output.map(rename) };
  return withGraphs(outer, (graph) => renamedGraph(graph, rename, prefix));
}

/** A graph inside a node: its own names hide those outside. */
function renamedGraph(graph: GraphProto, outside: Rename, prefix: string): GraphProto {
  const copy = clone(GraphProtoSchema, graph);
  const own = new Set(
    [
      ...copy.input.map(({ name }) => name),
      ...copy.initializer.map(({ name }) => name),
      ...copy.sparseInitializer.map(({ values }) => values?.name ?? ''),
      ...copy.node.flatMap(({ output }) => output),
    ].filter((name) => name !== ''),
  );
  const rename: Rename = (name) => (own.has(name) ? `${prefix}${name}` : outside(name));
  for (const value of [...copy.input, ...copy.output, ...copy.valueInfo]) {
    value.name = rename(value.name);
    renameSizes(value.type, prefix);
  }
  for (const tensor of copy.initializer) tensor.name = rename(tensor.name);
  for (const { values } of copy.sparseInitializer) if (values !== undefined) values.name = rename(values.name);
  copy.node = copy.node.map((node, i) => renamedNode(node, rename, prefix, i));
  return copy;
}

/** Symbols of sizes: the same name is the same size in the whole model. */
function renameSizes(type: TypeProto | undefined, prefix: string): void {
  const { value } = type ?? { value: { case: undefined } };
  if (value.case === 'tensorType' || value.case === 'sparseTensorType') {
    for (const { value: size } of value.value.shape?.dim ?? []) {
      if (size.case === 'dimParam' && size.value !== '') size.value = `${prefix}${size.value}`;
    }
  } else if (value.case === 'sequenceType' || value.case === 'optionalType') {
    renameSizes(value.value.elemType, prefix);
  } else if (value.case === 'mapType') {
    renameSizes(value.value.valueType, prefix);
  }
}

interface Calls {
  (node: NodeProto): NodeProto;
  nameOf(definition: FunctionProto): string;
}

const functionKey = (domain: string, name: string, overload: string): string => [domain, name, overload].join('\n');

/** Functions of another operator with the same name and another body make new names necessary. */
function functionNames(functions: readonly FunctionProto[], known: KnownFunctions): Calls {
  const names = new Map<string, string>();
  for (const definition of functions) {
    const { domain, name, overload } = definition;
    const bytes = toBinary(FunctionProtoSchema, definition);
    let free = name;
    for (let n = 2; ; n++) {
      const there = known.get(functionKey(domain, free, overload));
      if (there === undefined || sameBytes(there, bytes)) break;
      free = `${name}_${n}`;
    }
    known.set(functionKey(domain, free, overload), bytes);
    names.set(functionKey(domain, name, overload), free);
  }
  const nameOf = (domain: string, name: string, overload: string): string =>
    names.get(functionKey(domain, name, overload)) ?? name;
  const calls = (node: NodeProto): NodeProto => {
    const renamed = { ...node, opType: nameOf(node.domain, node.opType, node.overload) };
    return withGraphs(renamed, (graph) => ({ ...graph, node: graph.node.map(calls) }));
  };
  return Object.assign(calls, {
    nameOf: ({ domain, name, overload }: FunctionProto) => nameOf(domain, name, overload),
  });
}

const sameBytes = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((byte, i) => byte === b[i]);
