import { clone, create } from '@bufbuild/protobuf';
import type { OperatorDefinition, ValueType } from '../graph/document.ts';
import { oneLine, RESERVED } from '../graph/document.ts';
import { freshName } from '../graph/freshName.ts';
import {
  type TensorProto_DataType as DataType,
  GraphProtoSchema,
  type ModelProto,
  ModelProtoSchema,
  type NodeProto,
  NodeProtoSchema,
  type TensorProto,
  TensorProtoSchema,
  type ValueInfoProto,
  ValueInfoProtoSchema,
} from '../onnx/gen/onnx_pb.ts';
import { makeOperator } from '../onnx/operator.ts';
import { DATA_TYPES } from '../onnx/opset.ts';
import type { Constant, Numbers } from '../onnx/tensors.ts';
import { capturedBy, identityNode } from './model.ts';
import type { Fact, Node, Site } from './site.ts';

/** KeptPart nodes of the model that one operator of the document holds. */
export interface KeptPart {
  readonly operator: OperatorDefinition;
  /** The values of its ports, in order. */
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  /** Values of its weights, by their names in the operator. */
  readonly weights: Readonly<Record<string, Constant>>;
}

/** Type of a value as a port of an operator. Sizes that change with the batch have names. */
export function typeOf({ dtype, dims, other, batch }: Fact): ValueType {
  const sizes = dims.map((size, axis) => {
    const later = other[axis] as number;
    if (size === later) return size;
    const times = size / 2;
    return later === 3 * times ? (times === 1 ? 'N' : `${times}N`) : `axis${axis}`;
  });
  return { dtype: dtype ?? 'float32', dims: batch ? sizes.slice(1) : sizes, batch };
}

/** Initializers of more numbers than this are parameters; smaller ones are constants of the operator. */
const SCALAR = 1;

/** A group of kept nodes, in the order of the model, as one operator. `results`: values that are used outside. */
export function keep(
  model: ModelProto,
  site: Site,
  nodes: readonly Node[],
  results: readonly string[],
  alias: ReadonlyMap<string, string>,
  id: string,
): KeptPart {
  const own = new Set(nodes.flatMap(({ outputs }) => outputs));
  const used = new Set<string>();
  const renamed: NodeProto[] = [];
  const links = new Map<string, string>();
  for (const { proto, inputs } of nodes) {
    renamed.push(Object.assign(clone(NodeProtoSchema, proto), { input: [...inputs] }));
    for (const input of inputs) used.add(input);
    // Sub-graphs keep the names that they use.
    for (const name of capturedBy(proto)) {
      const value = alias.get(name) ?? name;
      used.add(value);
      if (value !== name) links.set(name, value);
    }
  }
  for (const name of ['', ...own]) used.delete(name);
  const constants = [...used].filter((name) => site.constants.has(name));
  const inputs = [...used].filter((name) => !site.constants.has(name));
  const isWeight = (name: string): boolean => {
    const { dtype, data } = site.constants.get(name) as Constant;
    return dtype === 'float32' && data.length > SCALAR && isStored(model, name);
  };
  const weightNames = constants.filter(isWeight);
  const shortNames = new Map<string, string>();
  const taken = new Set<string>(RESERVED);
  for (const name of weightNames) {
    const tail = oneLine(name.slice(name.search(/[^./:]*$/))) || 'weight';
    const short = freshName(/^\d/.test(tail) || tail === '' ? 'weight' : tail, taken);
    taken.add(short);
    shortNames.set(name, short);
  }
  const fact = (name: string): Fact => site.facts.get(name) as Fact;
  const port = (names: readonly string[], letter: string) =>
    names.map((name, i) => ({ name: names.length === 1 ? letter : `${letter}${i}`, type: typeOf(fact(name)) }));
  const kinds = new Set(nodes.map(({ op }) => op));
  const [kind = 'ONNX'] = nodes
    .filter(({ outputs }) => outputs.some((output) => results.includes(output)))
    .map(({ op }) => op);
  const graph = create(GraphProtoSchema, {
    name: oneLine(kind),
    node: [...[...links].map(([name, value]) => identityNode(value, name)), ...renamed],
    initializer: constants
      .filter((name) => !isWeight(name))
      .map((name) => tensorNamed(name, site.constants.get(name) as Constant)),
    input: [
      ...inputs.map((name) => infoOf(name, fact(name))),
      ...weightNames.map((name) => constantInfo(name, site.constants.get(name) as Constant)),
    ],
    output: results.map((name) => infoOf(name, fact(name))),
  });
  const definition = {
    id,
    title: oneLine(nodes.length > 1 && kinds.size > 1 ? `${kind} + ${nodes.length - 1}` : kind),
    inputs: port(inputs, 'x'),
    outputs: port(results, 'y'),
    weights: weightNames.map((name) => ({
      name: shortNames.get(name) as string,
      shape: [...(site.constants.get(name) as Constant).dims],
    })),
    model: create(ModelProtoSchema, {
      irVersion: model.irVersion,
      opsetImport: model.opsetImport,
      functions: model.functions,
      graph,
    }),
  };
  return {
    operator: makeOperator(definition),
    inputs,
    outputs: results,
    weights: Object.fromEntries(
      weightNames.map((name) => [shortNames.get(name) as string, site.constants.get(name) as Constant]),
    ),
  };
}

/** True for an initializer of the file. Other constants were computed, or belong to a Constant node. */
const isStored = ({ graph }: ModelProto, name: string): boolean =>
  graph?.initializer.some((tensor) => tensor.name === name) ?? false;

function tensorNamed(name: string, { dtype, dims, data }: Constant): TensorProto {
  const header = { name, dims: dims.map(BigInt), dataType: DATA_TYPES[dtype] as DataType };
  if (dtype === 'string') {
    const text = new TextEncoder();
    return create(TensorProtoSchema, {
      ...header,
      stringData: (data as readonly string[]).map((each) => text.encode(each)),
    });
  }
  const { buffer, byteOffset, byteLength } = data as Numbers;
  return create(TensorProtoSchema, {
    ...header,
    rawData: new Uint8Array(buffer as ArrayBuffer, byteOffset, byteLength),
  });
}

function tensorInfo(name: string, elemType: DataType, dims: readonly (number | string)[]): ValueInfoProto {
  const dim = dims.map((size) =>
    typeof size === 'number'
      ? ({ value: { case: 'dimValue', value: BigInt(size) } } as const)
      : ({ value: { case: 'dimParam', value: size } } as const),
  );
  return create(ValueInfoProtoSchema, {
    name,
    type: { value: { case: 'tensorType', value: { elemType, shape: { dim } } } },
  });
}

function infoOf(name: string, fact: Fact): ValueInfoProto {
  const { dtype, dims, batch } = typeOf(fact);
  return tensorInfo(name, DATA_TYPES[dtype] as DataType, batch ? ['N', ...dims] : dims);
}

const constantInfo = (name: string, { dtype, dims }: Constant): ValueInfoProto =>
  tensorInfo(name, DATA_TYPES[dtype] as DataType, dims);
