import { create } from '@bufbuild/protobuf';
import type { OperatorDefinition, ValueType } from '../graph/document.ts';
import type { AttrValue } from '../ir/program.ts';
import {
  type AttributeProto,
  AttributeProtoSchema,
  AttributeProto_AttributeType as AttributeType,
  TensorProto_DataType as DataType,
  type FunctionProto,
  type GraphProto,
  GraphProtoSchema,
  ModelProtoSchema,
  type NodeProto,
  NodeProtoSchema,
  type TensorProto,
  TensorProtoSchema,
  type ValueInfoProto,
  ValueInfoProtoSchema,
} from './gen/onnx_pb.ts';
import { makeOperator } from './operator.ts';
import { DATA_TYPES } from './opset.ts';

/** ONNX operators for tests, in short. */

type AttributeGiven = AttrValue | GraphProto | TensorProto;

/** An attribute; a whole number is INT, any other FLOAT, unless `kind` says so. */
export function attribute(name: string, value: AttributeGiven, kind?: 'float' | 'floats'): AttributeProto {
  const of = (fields: object) => create(AttributeProtoSchema, { name, ...fields });
  if (typeof value === 'string') return of({ type: AttributeType.STRING, s: new TextEncoder().encode(value) });
  if (typeof value === 'number') {
    return kind === 'float' || !Number.isInteger(value)
      ? of({ type: AttributeType.FLOAT, f: value })
      : of({ type: AttributeType.INT, i: BigInt(value) });
  }
  if ('$typeName' in value) {
    return value.$typeName === 'onnx.GraphProto'
      ? of({ type: AttributeType.GRAPH, g: value })
      : of({ type: AttributeType.TENSOR, t: value });
  }
  return kind === 'floats'
    ? of({ type: AttributeType.FLOATS, floats: [...value] })
    : of({ type: AttributeType.INTS, ints: value.map(BigInt) });
}

/** A node of `opType`, or of `domain.opType`. */
export function node(
  op: string,
  input: readonly string[],
  output: readonly string[],
  attributes: Readonly<Record<string, AttributeGiven>> | readonly AttributeProto[] = {},
): NodeProto {
  const at = op.lastIndexOf('.');
  const list = Array.isArray(attributes)
    ? (attributes as readonly AttributeProto[])
    : Object.entries(attributes as Readonly<Record<string, AttributeGiven>>).map(([name, value]) =>
        attribute(name, value),
      );
  return create(NodeProtoSchema, {
    opType: op.slice(at + 1),
    domain: at < 0 ? '' : op.slice(0, at),
    input: [...input],
    output: [...output],
    attribute: [...list],
  });
}

export const floats = (name: string, dims: readonly number[], floatData: readonly number[]): TensorProto =>
  create(TensorProtoSchema, { name, dataType: DataType.FLOAT, dims: dims.map(BigInt), floatData: [...floatData] });

export const ints = (name: string, dims: readonly number[], values: readonly number[]): TensorProto =>
  create(TensorProtoSchema, { name, dataType: DataType.INT64, dims: dims.map(BigInt), int64Data: values.map(BigInt) });

export function valueInfo(name: string, { dtype, dims, batch }: ValueType): ValueInfoProto {
  const all = batch ? ['N', ...dims] : dims;
  const dim = all.map((size) =>
    typeof size === 'number'
      ? ({ value: { case: 'dimValue', value: BigInt(size) } } as const)
      : ({ value: { case: 'dimParam', value: size } } as const),
  );
  const tensor = { elemType: DATA_TYPES[dtype], shape: { dim } };
  return create(ValueInfoProtoSchema, { name, type: { value: { case: 'tensorType', value: tensor } } });
}

/** A graph inside a node. */
export const graph = (
  nodes: readonly NodeProto[],
  inputs: readonly ValueInfoProto[],
  outputs: readonly ValueInfoProto[],
  initializers: readonly TensorProto[] = [],
): GraphProto =>
  create(GraphProtoSchema, {
    name: 'body',
    node: [...nodes],
    input: [...inputs],
    output: [...outputs],
    initializer: [...initializers],
  });

/** Type of a value: `float32 N,3,4`, where a leading N is the batch axis; `int64 3`, `bool`. */
export function typeOf(text: string): ValueType {
  const [dtype = '', sizes = ''] = text.split(' ');
  const dims = sizes === '' ? [] : sizes.split(',').map((size) => (/^\d+$/.test(size) ? Number(size) : size));
  const batch = dims[0] === 'N';
  return { dtype: dtype as ValueType['dtype'], dims: batch ? dims.slice(1) : dims, batch };
}

type Ports = Readonly<Record<string, string>>;
const portsOf = (ports: Ports) => Object.entries(ports).map(([name, text]) => ({ name, type: typeOf(text) }));

export interface OperatorParts {
  readonly title: string;
  readonly opset?: number;
  readonly domains?: Readonly<Record<string, number>>;
  readonly nodes: readonly NodeProto[];
  readonly inputs: Ports;
  readonly outputs: Ports;
  readonly weights?: Readonly<Record<string, readonly number[]>>;
  readonly initializers?: readonly TensorProto[];
  readonly functions?: readonly FunctionProto[];
}

export function operator(parts: OperatorParts): OperatorDefinition {
  const { title, opset = 17, domains = {}, nodes, inputs, outputs } = parts;
  const { weights = {}, initializers = [], functions = [] } = parts;
  const weightInfo = (name: string, dims: readonly number[]) =>
    valueInfo(name, { dtype: 'float32', dims, batch: false });
  return makeOperator({
    id: 'op',
    title,
    model: create(ModelProtoSchema, {
      irVersion: 8n,
      opsetImport: [
        { version: BigInt(opset) },
        ...Object.entries(domains).map(([domain, version]) => ({ domain, version: BigInt(version) })),
      ],
      functions: [...functions],
      graph: {
        name: title,
        node: [...nodes],
        initializer: [...initializers],
        input: [
          ...portsOf(inputs).map(({ name, type }) => valueInfo(name, type)),
          ...Object.entries(weights).map(([name, dims]) => weightInfo(name, dims)),
        ],
        output: portsOf(outputs).map(({ name, type }) => valueInfo(name, type)),
      },
    }),
    inputs: portsOf(inputs),
    outputs: portsOf(outputs),
    weights: Object.entries(weights).map(([name, shape]) => ({ name, shape })),
  });
}
