import type { CheckedGraph } from '../../check/checkedGraph.ts';
import {
  type Config,
  type ConfigValue,
  type DocumentNode,
  emptyDocument,
  type NetworkDocument,
} from '../../graph/document.ts';
import { edgeId } from '../../graph/edits.ts';
import { layerOf } from '../../layers/index.ts';
import { checkedGraph } from '../network.ts';
import type { CaseGraph } from './cases.ts';

/** Thrown where a case asks for something that Netloom does not have yet. */
export class Unsupported extends Error {}

type Hyper = Readonly<Record<string, unknown>>;

interface Drawing {
  readonly layer: string;
  /** Config keys by hyperparameter. */
  readonly keys: Readonly<Record<string, string>>;
  /** Hyperparameters that need no config key as long as they have this value; others follow from shapes. */
  readonly fixed?: Readonly<Record<string, ConfigValue>>;
  readonly implied?: readonly string[];
}

const window = { kernel_size: 'kernelSize', stride: 'stride', padding: 'padding' };

/** How the kinds of the cases are drawn: what a new layer adds here is one row. */
const drawings: Readonly<Record<string, Drawing>> = {
  conv2d: {
    layer: 'conv2d',
    keys: { ...window, out_channels: 'outChannels', dilation: 'dilation', groups: 'groups', bias: 'bias' },
    implied: ['in_channels'],
  },
  linear: { layer: 'linear', keys: { out_features: 'outFeatures', bias: 'bias' }, implied: ['in_features'] },
  relu: { layer: 'relu', keys: {} },
  sigmoid: { layer: 'sigmoid', keys: {} },
  tanh: { layer: 'tanh', keys: {} },
  max_pool2d: {
    layer: 'maxPool2d',
    keys: { ...window, dilation: 'dilation', ceil_mode: 'ceilMode' },
    fixed: { dilation: [1, 1], ceil_mode: false },
  },
  avg_pool2d: {
    layer: 'avgPool2d',
    keys: { ...window, ceil_mode: 'ceilMode', count_include_pad: 'countIncludePad' },
    fixed: { ceil_mode: false },
  },
  flatten: { layer: 'flatten', keys: {}, fixed: { start_dim: 1 } },
};

/** Layer and config of a node of this kind. */
export function drawKind(kind: string, hyper: Hyper): { readonly layer: string; readonly config: Config } {
  const drawing = drawings[kind];
  const layer = drawing === undefined ? undefined : layerOf(drawing.layer);
  if (drawing === undefined || layer === undefined) throw new Unsupported(`layer kind '${kind}'`);
  const config: Record<string, ConfigValue> = {};
  for (const [name, value] of Object.entries(hyper)) {
    if (drawing.implied?.includes(name)) continue;
    const key = drawing.keys[name];
    if (key !== undefined && Object.hasOwn(layer.config, key)) config[key] = value as ConfigValue;
    else if (JSON.stringify(drawing.fixed?.[name]) !== JSON.stringify(value)) {
      throw new Unsupported(`${kind} with ${name} ${JSON.stringify(value)}`);
    }
  }
  return { layer: layer.type, config };
}

const drawn = (name: string, layer: string, config: Config): DocumentNode => ({
  id: name,
  layer,
  name,
  config,
  position: { x: 0, y: 0 },
});

/** Names that the nodes added to a case's own have; no case uses them. */
const HEAD = { flatten: 'head flatten', linear: 'head linear', classifier: 'head classifier' };

export const isHead = (name: string): boolean => Object.values<string>(HEAD).includes(name);

/**
 * The graph of a case as a checked document. A classifier of `classes` classes ends it; without, a head is drawn after
 * the outputs' last (flatten, linear, classifier) that makes the document whole and is left out when it is lowered.
 */
export function drawGraph(
  graph: CaseGraph,
  classes: number | null,
  change: Partial<NetworkDocument> = {},
): CheckedGraph {
  const nodes: DocumentNode[] = [];
  const edges: { id: string; from: { node: string; port: string }; to: { node: string; port: string } }[] = [];
  const add = (node: DocumentNode, sources: readonly string[]) => {
    nodes.push(node);
    sources.forEach((source, i) => {
      const ports = layerOf(node.layer)?.inputs ?? [];
      const from = { node: source, port: 'y' };
      const to = { node: node.id, port: ports[Math.min(i, ports.length - 1)] ?? 'x' };
      edges.push({ id: edgeId(from, to), from, to });
    });
  };
  for (const [name, shape] of Object.entries(graph.inputs)) add(drawn(name, 'input', { shape: shape.slice(1) }), []);
  for (const { name, kind, inputs, hyper } of graph.nodes) {
    const { layer, config } = drawKind(kind, hyper);
    add(drawn(name, layer, config), inputs);
  }
  const end = graph.outputs.at(-1) as string;
  if (classes === null) {
    add(drawn(HEAD.flatten, 'flatten', {}), [end]);
    add(drawn(HEAD.linear, 'linear', { outFeatures: 2 }), [HEAD.flatten]);
    add(drawn(HEAD.classifier, 'classifier', { classes: 2 }), [HEAD.linear]);
  } else {
    add(drawn(HEAD.classifier, 'classifier', { classes }), [end]);
  }
  return checkedGraph({ ...emptyDocument, ...change, nodes, edges });
}
