import type { CheckedGraph } from '../../check/checkedGraph.ts';
import {
  type Config,
  type ConfigValue,
  type DocumentNode,
  type Edge,
  emptyDocument,
  type NetworkDocument,
} from '../../graph/document.ts';
import { edgeId } from '../../graph/edges.ts';
import { classifier } from '../../layers/classifier.ts';
import type { Field } from '../../layers/config.ts';
import { readConfig } from '../../layers/config.ts';
import { flatten } from '../../layers/flatten.ts';
import { layers } from '../../layers/index.ts';
import { input } from '../../layers/input.ts';
import { inputPorts, type LayerDef } from '../../layers/layer.ts';
import { linear } from '../../layers/linear.ts';
import { checkedGraph } from '../network.ts';
import type { CaseGraph } from './cases.ts';

/** Thrown for a case with a feature that Netloom does not support. */
export class UnsupportedCase extends Error {}

export type Hyper = Readonly<Record<string, unknown>>;

/** Differences between a kind of the cases and the layer of the same name. */
interface Drawing {
  /** Config keys of hyperparameters with different names. */
  readonly keys?: Readonly<Record<string, string>>;
  /** Hyperparameters without a config key, and their only supported value. */
  readonly fixed?: Readonly<Record<string, ConfigValue>>;
  /** Hyperparameters that follow from shapes or from `config`. */
  readonly implied?: readonly string[];
  readonly config?: (hyper: Hyper, inputs: number) => Config;
}

/** Converts an axis of a batch, from 1 on or negative, to an axis of a sample. */
function sampleAxis(dim: unknown): number {
  if (typeof dim !== 'number' || dim === 0)
    throw new UnsupportedCase(`work along axis ${JSON.stringify(dim)} of the batch`);
  return dim > 0 ? dim - 1 : dim;
}

/** One number means the same height and width. */
const asPair = (field: Field, value: unknown): ConfigValue =>
  (field.kind === 'pair' || field.kind === 'padding') && typeof value === 'number'
    ? [value, value]
    : (value as ConfigValue);

const merged = (_: Hyper, count: number): Config => ({ count });

/** Hyperparameters that every layer infers from its input shape. */
const INFERRED: readonly string[] = ['in_channels', 'in_features', 'num_features', 'num_channels'];

/** Differences by plain name of the kind. A kind with the hyperparameter names of its layer needs no row. */
const drawings: Readonly<Record<string, Drawing>> = {
  prelu: {
    implied: ['num_parameters'],
    config: ({ num_parameters }) => ({ slopes: num_parameters === 1 ? 'one' : 'channel' }),
  },
  softmax: { implied: ['dim'], config: ({ dim }) => ({ axis: sampleAxis(dim) }) },
  logsoftmax: { implied: ['dim'], config: ({ dim }) => ({ axis: sampleAxis(dim) }) },
  layernorm: {
    keys: { elementwise_affine: 'affine' },
    implied: ['normalized_shape'],
    config: ({ normalized_shape }) => ({ axes: (normalized_shape as number[]).length }),
  },
  groupnorm: { keys: { num_groups: 'groups' } },
  add: { config: merged },
  mul: { config: merged },
  concat: { implied: ['dim'], config: ({ dim }, count) => ({ count, axis: sampleAxis(dim) }) },
  flatten: {
    implied: ['start_dim'],
    fixed: { end_dim: -1 },
    config: ({ start_dim = 1 }) => ({ axis: sampleAxis(start_dim) }),
  },
  upsample: {
    implied: ['scale_factor'],
    config: ({ size, scale_factor = 1 }) => ({
      by: size === undefined ? 'scale' : 'size',
      scale: [scale_factor].flat() as number[],
    }),
  },
  zeropad2d: {
    implied: ['padding'],
    config: ({ padding }) => {
      const [left, right, top, bottom] = padding as [number, number, number, number];
      return { before: [top, left], after: [bottom, right] };
    },
  },
};

/** Makes `max_pool2d` and `MaxPool2d` the same name. */
const plain = (name: string): string => name.toLowerCase().replaceAll('_', '');
const camel = (name: string): string => name.replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase());

const layerCalled = (name: string): LayerDef | undefined =>
  layers.find(({ type, aliases }) => plain(type) === name || aliases?.includes(name));

/** Layer and config of a node of this kind with `inputs` inputs. */
function drawKind(kind: string, hyper: Hyper, inputs: number): { readonly layer: LayerDef; readonly config: Config } {
  const name = plain(kind);
  const layer = layerCalled(name);
  if (layer === undefined) throw new UnsupportedCase(`layer kind '${kind}'`);
  const { keys = {}, fixed = {}, implied = [], config: drawing } = drawings[name] ?? {};
  const config: Record<string, ConfigValue> = { ...drawing?.(hyper, inputs) };
  for (const [name, value] of Object.entries(hyper)) {
    if (implied.includes(name) || INFERRED.includes(name)) continue;
    const key = keys[name] ?? camel(name);
    if (Object.hasOwn(layer.config, key)) config[key] = asPair(layer.config[key], value);
    else if (JSON.stringify(fixed[name]) !== JSON.stringify(value)) {
      throw new UnsupportedCase(`${kind} with ${name} ${JSON.stringify(value)}`);
    }
  }
  return { layer, config };
}

export const drawn = (name: string, layer: string, config: Config): DocumentNode => ({
  id: name,
  layer,
  name,
  config,
  position: { x: 0, y: 0 },
});

/** Names of the nodes added to a case; no case uses them. */
const HEAD = { flatten: 'head flatten', linear: 'head linear', classifier: 'head classifier' };

export const isHead = (name: string): boolean => Object.values<string>(HEAD).includes(name);

/** The output layer of the network of a case, or of one of its branches. */
export interface End {
  readonly layer: string;
  readonly config: Config;
}

/** Name of the output layer number `i` of the graph of a case. */
export const endName = (i: number): string => (i === 0 ? HEAD.classifier : `${HEAD.classifier} ${i + 1}`);

/**
 * The graph of a case as a document, with one of `ends` after every output. Without ends, a head (flatten, linear,
 * classifier) after the last output completes the document; it is not compiled.
 */
export function drawDocument(
  graph: CaseGraph,
  ends: readonly End[],
  change: Partial<NetworkDocument> = {},
): NetworkDocument {
  const nodes: DocumentNode[] = [];
  const edges: Edge[] = [];
  const add = (node: DocumentNode, sources: readonly string[], ports: readonly string[] = ['x']) => {
    nodes.push(node);
    sources.forEach((source, i) => {
      const from = { node: source, port: 'y' };
      const to = { node: node.id, port: ports[i] ?? 'x' };
      edges.push({ id: edgeId(from, to), from, to });
    });
  };
  for (const [name, shape] of Object.entries(graph.inputs)) add(drawn(name, input.type, { shape: shape.slice(1) }), []);
  for (const { name, kind, inputs, hyper } of graph.nodes) {
    const { layer, config } = drawKind(kind, hyper, inputs.length);
    add(drawn(name, layer.type, config), inputs, inputPorts(layer, readConfig(layer.config, config).config));
  }
  ends.forEach(({ layer, config }, i) => {
    add(drawn(endName(i), layer, config), [graph.outputs[i] as string]);
  });
  let last = graph.outputs.at(-1) as string;
  for (const node of ends.length === 0 ? HEAD_NODES : []) {
    add(node, [last]);
    last = node.id;
  }
  return { ...emptyDocument, ...change, nodes, edges };
}

const HEAD_NODES: readonly DocumentNode[] = [
  drawn(HEAD.flatten, flatten.type, {}),
  drawn(HEAD.linear, linear.type, { outFeatures: 2 }),
  drawn(HEAD.classifier, classifier.type, { classes: 2 }),
];

/** The nodes after the output of a case with one output: its output layer, or the completing head. */
export const head = ([end]: readonly End[]): readonly DocumentNode[] =>
  end === undefined ? HEAD_NODES : [drawn(HEAD.classifier, end.layer, end.config)];

/** The checked graph of `drawDocument`. */
export const drawGraph = (
  graph: CaseGraph,
  ends: readonly End[],
  change: Partial<NetworkDocument> = {},
): CheckedGraph => checkedGraph(drawDocument(graph, ends, change));
