import { type NetworkDocument, type OperatorDefinition, operatorIdOf } from '../graph/document.ts';
import { shapeText } from '../layers/config.ts';
import {
  type AttributeProto,
  AttributeProto_AttributeType as AttributeType,
  type TensorProto,
} from '../onnx/gen/onnx_pb.ts';
import { operatorModel } from '../onnx/operator.ts';
import { elementTypeOf } from '../onnx/opset.ts';
import { domainOf } from '../onnx/read.ts';
import { same, type Text } from '../text.ts';
import { opsetText } from './operatorFace.ts';
import { typeText } from './operatorTypes.ts';

/** A line of the inspector: a name and its value. */
export interface Detail {
  readonly name: string;
  readonly value: Text;
}

/** Contents of an ONNX operator, for reading. */
export interface OperatorDetails {
  /** Imported versions: “opset 17, com.microsoft 1”. */
  readonly opsets: string;
  readonly nodes: readonly { readonly op: string; readonly attributes: readonly Detail[] }[];
  /** Number of nodes that are not listed. */
  readonly more: number;
  readonly inputs: readonly Detail[];
  readonly outputs: readonly Detail[];
  /** Weights, which are parameters of the network, then constants. */
  readonly tensors: readonly Detail[];
}

/** Max number of listed nodes and tensors, and of values in a list. */
const MOST_NODES = 20;
const MOST_TENSORS = 50;
const MOST_VALUES = 16;

const listText = (values: readonly (number | bigint | string)[]): Text => {
  const shown = values.slice(0, MOST_VALUES).map(String).join(', ');
  return same(`[${shown}${values.length > MOST_VALUES ? ', …' : ''}]`);
};

const tensorText = ({ dataType, dims }: TensorProto): string =>
  [elementTypeOf(dataType) ?? '?', shapeText(dims.map(Number))].join(' ').trim();

const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

/** A float without the digits that float32 does not have. */
const float = (value: number): number => Number(value.toPrecision(7));

function valueText({ type, f, i, s, t, g, floats, ints, strings }: AttributeProto): Text {
  switch (type) {
    case AttributeType.FLOAT:
      return same(String(float(f)));
    case AttributeType.INT:
      return same(String(i));
    case AttributeType.STRING:
      return same(text(s).slice(0, 200));
    case AttributeType.FLOATS:
      return listText(floats.map(float));
    case AttributeType.INTS:
      return listText(ints);
    case AttributeType.STRINGS:
      return listText(strings.map(text));
    case AttributeType.TENSOR:
      return same(t === undefined ? '' : tensorText(t));
    case AttributeType.GRAPH: {
      const count = g?.node.length ?? 0;
      return { en: `graph with ${count} ${count === 1 ? 'node' : 'nodes'}`, zh: `含 ${count} 个节点的图` };
    }
    default:
      return same(AttributeType[type] ?? '');
  }
}

/** Contents of the ONNX operator that a node's `layer` names; null if it names none, or the model is damaged. */
export function operatorDetails(operators: NetworkDocument['operators'], layer: string): OperatorDetails | null {
  const id = operatorIdOf(layer);
  const definition = operators?.find((each) => each.id === id);
  return id === null || definition === undefined ? null : detailsOf(definition);
}

function detailsOf(definition: OperatorDefinition): OperatorDetails | null {
  const model = operatorModel(definition);
  const graph = model?.graph;
  if (model === null || graph === undefined) return null;
  const ports = new Set([...definition.inputs, ...definition.weights].map(({ name }) => name));
  const port = ({ name, type }: OperatorDefinition['inputs'][number]): Detail => ({
    name,
    value: same(typeText(type)),
  });
  return {
    opsets: opsetText(model),
    nodes: graph.node.slice(0, MOST_NODES).map(({ domain, opType, attribute }) => ({
      op: domainOf(domain) === '' ? opType : `${domain}.${opType}`,
      attributes: attribute.map((each) => ({ name: each.name, value: valueText(each) })),
    })),
    more: Math.max(0, graph.node.length - MOST_NODES),
    inputs: definition.inputs.map(port),
    outputs: definition.outputs.map(port),
    tensors: [
      ...definition.weights.map(({ name, shape }) => ({ name, value: same(`float32 ${shapeText(shape)}`) })),
      ...graph.initializer
        .filter(({ name }) => !ports.has(name))
        .map((tensor) => ({ name: tensor.name, value: same(tensorText(tensor)) })),
    ].slice(0, MOST_TENSORS),
  };
}
