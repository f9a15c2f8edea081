import type { ElementType } from '../graph/document.ts';
import {
  type AttributeProto,
  AttributeProto_AttributeType as AttributeType,
  type NodeProto,
} from '../onnx/gen/onnx_pb.ts';
import type { Constant } from '../onnx/tensors.ts';
import { numbersOf } from './constant.ts';

/** Type of a value, observed while the model ran. */
export interface Fact {
  /** Null for values that are no tensors, such as sequences. */
  readonly dtype: ElementType | null;
  /** Sizes of all axes in a batch of two. */
  readonly dims: readonly number[];
  /** Sizes of all axes in a batch of three; equal to `dims` if the batch of the model cannot be chosen. */
  readonly other: readonly number[];
  /** The first axis is that of the batch. */
  readonly batch: boolean;
  /** Depends on the numbers of the inputs. Otherwise it depends on their sizes alone. */
  readonly data: boolean;
}

/** True for values that a connection between layers can carry. */
export const isWire = (fact: Fact | undefined): boolean =>
  fact?.batch === true && fact.dtype === 'float32' && fact.data;

/** A node of the model with its operator, qualified by its domain unless that is ONNX's own: `com.microsoft.Gelu`. */
export interface Node {
  readonly op: string;
  readonly proto: NodeProto;
  /** Names of values, identities skipped; empty for an input left out. */
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
}

/** The graph of a model, ready to be searched for patterns. */
export class Site {
  readonly #producers = new Map<string, Node>();
  readonly #users = new Map<string, Node[]>();

  /**
   * `results`: values that the model returns, or that a sub-graph refers to, which are therefore needed as they are.
   */
  constructor(
    readonly nodes: readonly Node[],
    readonly facts: ReadonlyMap<string, Fact>,
    readonly constants: ReadonlyMap<string, Constant>,
    readonly results: ReadonlySet<string>,
    readonly opset: number,
  ) {
    for (const node of nodes) {
      for (const output of node.outputs) if (output !== '') this.#producers.set(output, node);
      for (const input of new Set(node.inputs)) this.#users.set(input, [...(this.#users.get(input) ?? []), node]);
    }
  }

  /** The node that computes a value, if it is one of `ops`. Constants have none. */
  producer(value: string | undefined, ...ops: readonly string[]): Node | undefined {
    if (value === undefined || this.constants.has(value)) return undefined;
    const node = this.#producers.get(value);
    return node !== undefined && (ops.length === 0 || ops.includes(node.op)) ? node : undefined;
  }

  users(value: string): readonly Node[] {
    return this.#users.get(value) ?? [];
  }

  constant(value: string | undefined): Constant | undefined {
    return value === undefined ? undefined : this.constants.get(value);
  }

  /** The values of a float32 constant. */
  floats(value: string | undefined): Float32Array | undefined {
    const constant = this.constant(value);
    return constant?.dtype === 'float32' ? (constant.data as Float32Array) : undefined;
  }

  numbers(value: string | undefined): readonly number[] | null {
    return numbersOf(this.constant(value));
  }

  /** The number in a constant with a single element; undefined for all others. */
  scalar(value: string | undefined): number | undefined {
    return this.constant(value)?.data.length === 1 ? this.numbers(value)?.[0] : undefined;
  }

  /** Shape of a batched value without the batch axis. */
  shape(value: string | undefined): readonly number[] | undefined {
    const fact = value === undefined ? undefined : this.facts.get(value);
    return isWire(fact) ? (fact as Fact).dims.slice(1) : undefined;
  }
}

const attribute = (node: Node, name: string, type: AttributeType): AttributeProto | undefined =>
  node.proto.attribute.find(
    (each) => each.name === name && (each.type === type || each.type === AttributeType.UNDEFINED),
  );

export const intOf = (node: Node, name: string, otherwise: number): number => {
  const found = attribute(node, name, AttributeType.INT);
  return found === undefined ? otherwise : Number(found.i);
};
export const floatOf = (node: Node, name: string, otherwise: number): number =>
  attribute(node, name, AttributeType.FLOAT)?.f ?? otherwise;
export const textOf = (node: Node, name: string, otherwise: string): string => {
  const found = attribute(node, name, AttributeType.STRING);
  return found === undefined ? otherwise : new TextDecoder().decode(found.s);
};
export const intsOf = (node: Node, name: string): readonly number[] | undefined =>
  attribute(node, name, AttributeType.INTS)?.ints.map(Number);

/** Axes of a reduction or of Squeeze: an attribute, or an input in later opsets; undefined if they are computed. */
export function axesOf(site: Site, node: Node, input = 1): readonly number[] | undefined {
  const given = intsOf(node, 'axes');
  if (given !== undefined) return given;
  const value = node.inputs[input];
  return value === undefined || value === '' ? [] : (site.numbers(value) ?? undefined);
}
