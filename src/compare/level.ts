import type { NodeReport } from '../check/checkedGraph.ts';
import { layerIn } from '../check/faces.ts';
import { readWiring } from '../check/order.ts';
import {
  type BlockBody,
  blockIdOf,
  type Config,
  type DocumentNode,
  type NetworkDocument,
  type OperatorDefinition,
  operatorIdOf,
} from '../graph/document.ts';
import { readConfig } from '../layers/config.ts';
import type { LayerDef, Shape } from '../layers/layer.ts';

/** A node with everything that the comparison uses. */
export interface Item {
  readonly node: DocumentNode;
  /** Undefined for a layer that this version does not know. */
  readonly layer: LayerDef | undefined;
  /** Equal for layers of the same type, and for blocks of the same title in different documents. */
  readonly kind: string;
  /** Complete: defaults filled in. */
  readonly config: Config;
  /** Canonical form of the config, equal for equal configs. */
  readonly configKey: string;
  readonly report: NodeReport | undefined;
  readonly output: Shape | null;
  readonly input: Shape | null;
  /** Id of the source node by input port. An input from a port of the enclosing block has none. */
  readonly sources: ReadonlyMap<string, string>;
}

/** The nodes of a network or of a block, in data order. */
export type Level = readonly Item[];

type Drawing = Pick<NetworkDocument, 'nodes' | 'edges'>;
type Blocks = Pick<NetworkDocument, 'blocks' | 'operators'>;
type Reports = ReadonlyMap<string, NodeReport>;

const firstOf = (shapes: Readonly<Record<string, Shape>> | undefined): Shape | null =>
  Object.values(shapes ?? {})[0] ?? null;

const operatorIn = (layer: string, { operators = [] }: Blocks): OperatorDefinition | undefined =>
  operators.find(({ id }) => id === operatorIdOf(layer));

/** Blocks and ONNX operators of a document are identified by title, because their ids are local to the document. */
function kindOf({ layer }: DocumentNode, document: Blocks): string {
  const { blocks } = document;
  const operator = operatorIn(layer, document);
  if (operator !== undefined) return `onnx:${operator.title}`;
  const id = blockIdOf(layer);
  return id === null ? layer : `block:${blocks.find((block) => block.id === id)?.title ?? id}`;
}

/**
 * Orders the nodes branch by branch, backwards from the ends, with the inputs of a node by port name. The order
 * depends only on the edges, not on the time at which a node was added.
 */
function inDataOrder(nodes: readonly DocumentNode[], ends: readonly string[], sourcesOf: SourcesOf): DocumentNode[] {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const begun = new Set<string>();
  const ordered: DocumentNode[] = [];
  const open = [...ends].reverse().map((id) => ({ id, left: false }));
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    const node = byId.get(at.id);
    if (node === undefined) continue;
    if (at.left) {
      ordered.push(node);
      continue;
    }
    if (begun.has(at.id)) continue;
    begun.add(at.id);
    open.push({ id: at.id, left: true });
    const sources = [...sourcesOf(at.id)].sort(([a], [b]) => (a < b ? -1 : 1));
    for (const [, id] of sources.reverse()) open.push({ id, left: false });
  }
  return ordered;
}

type SourcesOf = (node: string) => ReadonlyMap<string, string>;

function levelOf(
  { nodes, edges }: Drawing,
  ends: readonly string[],
  reports: Reports,
  document: NetworkDocument,
): Level {
  const { into } = readWiring({ nodes, edges }, () => true);
  const sources = new Map([...into].map(([id, entering]) => [id, sourcesIn(entering)]));
  const none = new Map<string, string>();
  const sourcesOf: SourcesOf = (id) => sources.get(id) ?? none;
  return inDataOrder(nodes, ends, sourcesOf).map((node): Item => {
    const layer = layerIn(document, node.layer);
    const config: Config = layer === undefined ? node.config : readConfig(layer.config, node.config).config;
    const report = reports.get(node.id);
    return {
      node,
      layer,
      kind: kindOf(node, document),
      config,
      // The model of an operator is its config.
      configKey: JSON.stringify([config, operatorIn(node.layer, document)?.model ?? null]),
      report,
      output: firstOf(report?.outputs),
      input: firstOf(report?.inputs),
      sources: sourcesOf(node.id),
    };
  });
}

const sourcesIn = (edges: ReadonlyMap<string, { readonly from: { readonly node: string } }>) =>
  new Map([...edges].map(([port, { from }]) => [port, from.node]));

/**
 * Nodes without successors, those of unused branches last, so that an unused branch does not separate connected nodes.
 */
function sinks({ nodes, edges }: Drawing): string[] {
  const feeding = new Set(edges.map(({ from }) => from.node));
  const ids = nodes.map(({ id }) => id);
  const last = ids.filter((id) => !feeding.has(id));
  // A cycle has no last node, so all ids are appended.
  return [...last, ...ids];
}

export const topLevel = (document: NetworkDocument, reports: Reports): Level =>
  levelOf(document, sinks(document), reports, document);

export const insideLevel = (body: BlockBody, reports: Reports, document: NetworkDocument): Level =>
  levelOf(body, [...body.outputs.flatMap(({ from }) => from?.node ?? []), ...sinks(body)], reports, document);
