import {
  type Config,
  type DocumentNode,
  type Edge,
  emptyDocument,
  type NetworkDocument,
  type OperatorDefinition,
  oneLine,
  operatorLayer,
} from '../graph/document.ts';
import { elementCount } from '../ir/tensor.ts';
import { readConfig } from '../layers/config.ts';
import { layerOf } from '../layers/index.ts';
import { inputPorts } from '../layers/layer.ts';
import type { ModelProto } from '../onnx/gen/onnx_pb.ts';
import type { Constant } from '../onnx/tensors.ts';
import { capturedBy, type ModelGraph } from './model.ts';
import { Names } from './names.ts';
import { type KeptPart, keep, typeOf } from './operators.ts';
import type { Recognition, RecognizedLayer } from './recognize.ts';
import { isWire, type Node, type Site } from './site.ts';

/** A network without positions, and its weights by name. */
export interface AssembledNetwork {
  readonly document: NetworkDocument;
  readonly weights: ReadonlyMap<string, Constant>;
  /** The kept nodes: operator, name in the network, ops. */
  readonly kept: readonly { readonly name: string; readonly ops: readonly string[] }[];
}

interface Place {
  readonly node: string;
  readonly port: string;
}

/** Builds the network of a recognized model. */
export class Assembly {
  readonly #nodes: DocumentNode[] = [];
  readonly #edges: Edge[] = [];
  readonly #operators: OperatorDefinition[] = [];
  readonly #weights = new Map<string, Constant>();
  readonly #names = new Names();
  readonly #places = new Map<string, Place>();
  readonly #kept: { name: string; ops: readonly string[] }[] = [];
  readonly #order: ReadonlyMap<Node, number>;

  constructor(
    readonly model: ModelProto,
    readonly graph: ModelGraph,
    readonly site: Site,
  ) {
    this.#order = new Map(site.nodes.map((node, i) => [node, i]));
  }

  build(recognition: Recognition, title: string): AssembledNetwork {
    for (const name of this.graph.inputs) this.#input(name);
    // Results keep their names, so these are given first.
    const outputs = recognition.outputs.map((output) => ({
      ...output,
      name: this.#names.of(output.name, layerOf(output.layer)?.stem ?? output.layer),
    }));
    const groups = groupsOf(recognition, this.site, this.graph);
    for (const part of recognition.parts) {
      const group = part.kind === 'layer' ? [] : (groups.get(part.node) ?? [part.node]);
      if (part.kind === 'layer') this.#layer(part);
      // At the place of its last node, the inputs of all are there.
      else if (group.at(-1) === part.node) this.#operator(group, recognition);
    }
    for (const { layer, config, value, name } of outputs) {
      this.#add(layer, config, name, [value]);
    }
    const document: NetworkDocument = {
      ...emptyDocument,
      name: oneLine(title),
      nodes: this.#nodes,
      edges: this.#edges,
      ...(this.#operators.length > 0 && { operators: this.#operators }),
    };
    return { document, weights: this.#weights, kept: this.#kept };
  }

  #node(layer: string, config: Config, name: string): string {
    const id = `n${this.#nodes.length + 1}`;
    this.#nodes.push({ id, layer, name, config, position: { x: 0, y: 0 } });
    return id;
  }

  #connect(value: string, node: string, port: string): void {
    const from = this.#places.get(value);
    if (from === undefined) throw new Error(`nothing gives the value '${value}'`);
    this.#edges.push({ id: `e${this.#edges.length + 1}`, from, to: { node, port } });
  }

  #input(name: string): void {
    const fact = this.site.facts.get(name);
    if (fact === undefined) return;
    const { dtype, dims, batch } = typeOf(fact);
    const plain = isWire(fact);
    const shape = dims.map((size) => (typeof size === 'number' ? size : 1));
    const id = this.#node('input', { shape, ...(!plain && { dtype, batch }) }, this.#names.of(name, 'input'));
    this.#places.set(name, { node: id, port: 'y' });
  }

  /** Adds a layer and connects it; the id of its node. */
  #add(layer: string, config: Config, name: string, inputs: readonly string[]): string {
    const id = this.#node(layer, config, name);
    const def = layerOf(layer);
    const ports = def === undefined ? ['x'] : inputPorts(def, readConfig(def.config, config).config);
    for (const [i, value] of inputs.entries()) this.#connect(value, id, ports[i] as string);
    return id;
  }

  #layer({ found, node }: RecognizedLayer): void {
    const result = node.outputs[0] as string;
    const name = this.#names.ofLayer(found.layer, node, found.named);
    const chain = [
      ...(found.before ?? []).map((each) => ({
        ...each,
        name: this.#names.unique(`${name}.${layerOf(each.layer)?.stem}`),
      })),
      { layer: found.layer, config: found.config, name },
      ...(found.behind ?? []).map((each) => ({
        ...each,
        name: this.#names.unique(`${name}.${layerOf(each.layer)?.stem}`),
      })),
    ];
    let inputs = found.inputs;
    for (const [i, step] of chain.entries()) {
      const id = this.#add(step.layer, step.config, step.name, inputs);
      const value = i === chain.length - 1 ? result : `${result}/netloom_${i}`;
      this.#places.set(value, { node: id, port: 'y' });
      inputs = [value];
    }
    for (const [key, constant] of Object.entries(found.weights ?? {})) this.#weights.set(`${name}/${key}`, constant);
  }

  #operator(group: readonly Node[], { parts, outputs }: Recognition): void {
    const inside = new Set(group);
    const outside = new Set([
      ...outputs.map(({ value }) => value),
      ...parts.flatMap((part) => {
        if (part.kind === 'layer') return part.found.inputs;
        return inside.has(part.node)
          ? []
          : [
              ...part.node.inputs,
              ...[...capturedBy(part.node.proto)].map((name) => this.graph.alias.get(name) ?? name),
            ];
      }),
    ]);
    const whole = [...this.#sizesFor(group), ...group].toSorted(
      (a, b) => (this.#order.get(a) as number) - (this.#order.get(b) as number),
    );
    const results = group.flatMap((node) => node.outputs).filter((value) => outside.has(value));
    const id = `op${this.#operators.length + 1}`;
    const kept: KeptPart = keep(this.model, this.site, whole, results, this.graph.alias, id);
    this.#operators.push(kept.operator);
    const [last] = group.toReversed();
    const name = this.#names.of((last as Node).proto.name, kept.operator.title || 'onnx');
    const node = this.#node(operatorLayer(id), {}, name);
    for (const [i, value] of kept.inputs.entries()) this.#connect(value, node, kept.operator.inputs[i]?.name as string);
    for (const [i, value] of kept.outputs.entries()) {
      this.#places.set(value, { node, port: kept.operator.outputs[i]?.name as string });
    }
    for (const [key, constant] of Object.entries(kept.weights)) this.#weights.set(`${name}/${key}`, constant);
    this.#kept.push({ name, ops: whole.map(({ op }) => op) });
  }

  /** The nodes that compute sizes for a group: they become part of it, because sizes are no wires. */
  #sizesFor(group: readonly Node[]): Node[] {
    const found = new Set<Node>();
    const visit = (node: Node): void => {
      for (const input of [
        ...node.inputs,
        ...[...capturedBy(node.proto)].map((name) => this.graph.alias.get(name) ?? name),
      ]) {
        const producer = this.site.producer(input);
        if (producer === undefined || this.site.facts.get(input)?.data !== false) continue;
        if (found.has(producer) || group.includes(producer)) continue;
        found.add(producer);
        visit(producer);
      }
    };
    for (const node of group) visit(node);
    return [...found];
  }
}

/** Kept nodes that share values which are no tensors: they become one operator. */
function groupsOf({ parts }: Recognition, site: Site, graph: ModelGraph): ReadonlyMap<Node, readonly Node[]> {
  const groups = new Map<Node, Node[]>();
  for (const part of parts) if (part.kind === 'kept') groups.set(part.node, [part.node]);
  const order = new Map(site.nodes.map((node, i) => [node, i]));
  for (const [node] of groups) {
    for (const input of [...node.inputs, ...[...capturedBy(node.proto)].map((name) => graph.alias.get(name) ?? name)]) {
      const producer = site.producer(input);
      if (producer === undefined || (site.facts.get(input)?.dtype ?? null) !== null) continue;
      const [a, b] = [groups.get(node), groups.get(producer)];
      if (a === undefined || b === undefined || a === b) continue;
      const merged = [...a, ...b].toSorted((x, y) => (order.get(x) as number) - (order.get(y) as number));
      for (const each of merged) groups.set(each, merged);
    }
  }
  return groups;
}

/** Number of trained and stored numbers of a network. */
export const parameterCount = (weights: ReadonlyMap<string, Constant>): number =>
  [...weights.values()].reduce((sum, { dims }) => sum + elementCount(dims), 0);
