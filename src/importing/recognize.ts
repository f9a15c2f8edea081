import type { Config } from '../graph/document.ts';
import { readConfig } from '../layers/config.ts';
import { layerOf } from '../layers/index.ts';
import { inputPorts, type Shape } from '../layers/layer.ts';
import { capturedBy, type Result } from './model.ts';
import type { FoundLayer, Rule } from './rule.ts';
import { activationRules } from './rules/activations.ts';
import { linearRules } from './rules/linear.ts';
import { normalizationRules } from './rules/normalizations.ts';
import { shapeRules } from './rules/shapes.ts';
import { windowRules } from './rules/windows.ts';
import type { Node, Site } from './site.ts';

/** Nodes of the model that became a layer. */
export interface RecognizedLayer {
  readonly kind: 'layer';
  readonly found: FoundLayer;
  /** The last of its nodes. */
  readonly node: Node;
}

/** A node of the model that is kept. */
export interface KeptNode {
  readonly kind: 'kept';
  readonly node: Node;
}

/** An output layer, for one or two results of the model. */
export interface RecognizedOutput {
  readonly layer: string;
  readonly config: Config;
  readonly value: string;
  /** The layer is named after a result. */
  readonly name: string;
}

export interface Recognition {
  /** In the order of the model. */
  readonly parts: readonly (RecognizedLayer | KeptNode)[];
  readonly outputs: readonly RecognizedOutput[];
  /** Number of nodes whose values do not depend on the input, or only through its sizes, and are not needed. */
  readonly folded: number;
}

/** In this order: a larger pattern before its parts. */
const tables: readonly Readonly<Record<string, readonly Rule[]>>[] = [
  normalizationRules,
  linearRules,
  windowRules,
  activationRules,
  shapeRules,
];

/**
 * Reads the graph backwards, from the results: each node that is still needed is the end of a layer, or kept. So the nodes that
 * compute shapes are needed only by nodes that are kept.
 */
export function recognize(site: Site, results: readonly Result[], ours: boolean): Recognition {
  const { outputs, covered } = outputsOf(site, results, ours);
  const returned = new Set(outputs.map(({ value }) => value));
  const needed = new Set(returned);
  const inside = new Set(covered);
  const parts: (RecognizedLayer | KeptNode)[] = [];
  for (const node of site.nodes.toReversed()) {
    const isComputed = (output: string): boolean => !site.constants.has(output) || returned.has(output);
    if (inside.has(node) || !node.outputs.some((output) => needed.has(output) && isComputed(output))) continue;
    const found = layerAt(site, node, needed);
    if (found === null) {
      parts.push({ kind: 'kept', node });
      for (const input of [...node.inputs, ...capturedBy(node.proto)]) needed.add(input);
      continue;
    }
    parts.push({ kind: 'layer', found, node });
    for (const each of found.inside ?? []) inside.add(each);
    for (const input of found.inputs) needed.add(input);
  }
  const used = parts.length + inside.size;
  return { parts: parts.reverse(), outputs, folded: site.nodes.length - used };
}

function layerAt(site: Site, node: Node, needed: ReadonlySet<string>): FoundLayer | null {
  if (node.outputs.slice(1).some((output) => needed.has(output))) return null;
  for (const table of tables) {
    if (!Object.hasOwn(table, node.op)) continue;
    for (const rule of table[node.op] ?? []) {
      const found = rule(site, node);
      if (found !== null && isSound(site, node, found, needed)) return found;
    }
  }
  return null;
}

/** True if the layer has the observed shapes and the shapes of the weights, and nobody needs values inside it. */
function isSound(site: Site, node: Node, found: FoundLayer, needed: ReadonlySet<string>): boolean {
  if ((found.inside ?? []).some(({ outputs }) => outputs.some((output) => needed.has(output)))) return false;
  if (losesData(site, node, found)) return false;
  const shapes = found.inputs.map((input) => site.shape(input));
  const result = site.shape(node.outputs[0]);
  if (result === undefined || shapes.length === 0 || shapes.some((shape) => shape === undefined)) return false;
  let at = shapes as readonly Shape[];
  for (const { layer, config } of found.before ?? []) {
    const next = shapeAfter(layer, config, at, undefined);
    if (next === null) return false;
    at = [next];
  }
  const own = shapeAfter(found.layer, found.config, at, found.weights ?? {});
  if (own === null) return false;
  let end: Shape = own;
  for (const { layer, config } of found.behind ?? []) {
    const next = shapeAfter(layer, config, [end], undefined);
    if (next === null) return false;
    end = next;
  }
  return end.join() === result.join();
}

/** True if a value that depends on the numbers of the inputs enters the nodes, but not the layer: a shape that is an input, for example. */
function losesData(site: Site, node: Node, { inputs, inside = [] }: FoundLayer): boolean {
  const nodes = [node, ...inside];
  const known = new Set([...inputs, ...nodes.flatMap(({ outputs }) => outputs)]);
  return nodes.some((each) => each.inputs.some((input) => !known.has(input) && site.facts.get(input)?.data === true));
}

/** Shape of the output of a layer; null if it does not fit the inputs, or the weights do not fit the layer. */
function shapeAfter(
  type: string,
  given: Config,
  shapes: readonly Shape[],
  weights: FoundLayer['weights'],
): Shape | null {
  const layer = layerOf(type);
  if (layer === undefined) return null;
  const { config, problems } = readConfig(layer.config, given);
  const ports = inputPorts(layer, config);
  if (problems.length > 0 || ports.length !== shapes.length) return null;
  const x = Object.fromEntries(ports.map((port, i) => [port, shapes[i] as Shape]));
  const inferred = layer.infer(x, config);
  if (!('outputs' in inferred)) return null;
  const wanted = { ...layer.params?.(x, config), ...layer.buffers?.(x, config) };
  const fits = Object.entries(wanted).every(([name, { shape }]) => weights?.[name]?.dims.join() === shape.join());
  return fits || weights === undefined ? (Object.values(inferred.outputs)[0] ?? null) : null;
}

/** A pair of results that the exporter of this program writes: scores, and probabilities from them. */
const PAIRS = [
  { layer: 'classifier', op: 'Softmax' },
  { layer: 'binaryClassifier', op: 'Sigmoid' },
] as const;

/** The output layers. `ours`: results with the names that this program exports are its own output layers. */
function outputsOf(
  site: Site,
  results: readonly Result[],
  ours: boolean,
): { outputs: RecognizedOutput[]; covered: Node[] } {
  const outputs: RecognizedOutput[] = [];
  const covered: Node[] = [];
  const paired = new Set<Result>();
  for (const result of results) {
    if (paired.has(result)) continue;
    const [, prefix = '', kind = ''] = /^(?:(.*)\/)?(logits|values)$/.exec(result.name) ?? [];
    const shape = site.shape(result.value);
    const other = results.find(({ name }) => name === result.name.replace(/logits$/, 'probabilities'));
    const node = site.producer(other?.value, 'Softmax', 'Sigmoid');
    if (ours && kind === 'logits' && other !== undefined && node?.inputs[0] === result.value && shape !== undefined) {
      const { layer } = PAIRS.find(({ op }) => op === node.op) as (typeof PAIRS)[number];
      const classes: Config = layer === 'classifier' ? { classes: shape[0] as number } : {};
      if (layer !== 'classifier' || shape.length === 1) {
        const name = prefix === '' ? node.proto.name.replace(/\/[^/]*$/, '') : prefix;
        outputs.push({ layer, config: classes, value: result.value, name });
        // Its values may still be needed by other nodes.
        if (site.users(other.value).length === 0) covered.push(node);
        paired.add(other);
        continue;
      }
    }
    if (ours && kind === 'values' && shape !== undefined) {
      outputs.push({ layer: 'regression', config: {}, value: result.value, name: prefix });
      continue;
    }
    outputs.push({ layer: 'output', config: {}, value: result.value, name: result.name });
  }
  return { outputs, covered };
}
