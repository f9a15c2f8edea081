import type { NodeReport } from '../check/checkedGraph.ts';
import { layerIn } from '../check/faces.ts';
import { readWiring } from '../check/order.ts';
import { type BlockBody, blockIdOf, type Config, type DocumentNode, type NetworkDocument } from '../graph/document.ts';
import { readConfig } from '../layers/config.ts';
import type { LayerDef, Shape } from '../layers/layer.ts';

/** A node as comparison sees it. */
export interface Item {
  readonly node: DocumentNode;
  /** Undefined for a layer that this version does not have. */
  readonly layer: LayerDef | undefined;
  /** Equal for what is the same kind of layer, or the same block by its title, in another document. */
  readonly kind: string;
  /** Complete: defaults filled in. */
  readonly config: Config;
  /** Equal for equal configs. */
  readonly configKey: string;
  readonly report: NodeReport | undefined;
  readonly output: Shape | null;
  readonly input: Shape | null;
  /** By input port: the id of the node that feeds it; a port of the block around it has none. */
  readonly sources: ReadonlyMap<string, string>;
}

/** A drawing, or the inside of a block, in data order. */
export type Level = readonly Item[];

type Drawing = Pick<NetworkDocument, 'nodes' | 'edges'>;
type Blocks = Pick<NetworkDocument, 'blocks'>;
type Reports = ReadonlyMap<string, NodeReport>;

const firstOf = (shapes: Readonly<Record<string, Shape>> | undefined): Shape | null =>
  Object.values(shapes ?? {})[0] ?? null;

/** Blocks of documents go by their title: their ids mean nothing elsewhere. */
function kindOf({ layer }: DocumentNode, { blocks }: Blocks): string {
  const id = blockIdOf(layer);
  return id === null ? layer : `block:${blocks.find((block) => block.id === id)?.title ?? id}`;
}

/**
 * Branch by branch, back from the ends, inputs by the names of their ports: an order that follows from the wiring, and
 * not from when something was drawn.
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
      configKey: JSON.stringify(config),
      report,
      output: firstOf(report?.outputs),
      input: firstOf(report?.inputs),
      sources: sourcesOf(node.id),
    };
  });
}

const sourcesIn = (edges: ReadonlyMap<string, { readonly from: { readonly node: string } }>) =>
  new Map([...edges].map(([port, { from }]) => [port, from.node]));

/** What nothing goes on from comes last, so that a loose end does not part what belongs together. */
function sinks({ nodes, edges }: Drawing): string[] {
  const feeding = new Set(edges.map(({ from }) => from.node));
  const ids = nodes.map(({ id }) => id);
  const last = ids.filter((id) => !feeding.has(id));
  // On a cycle nothing is last.
  return [...last, ...ids];
}

export const topLevel = (document: NetworkDocument, reports: Reports): Level =>
  levelOf(document, sinks(document), reports, document);

export const insideLevel = (body: BlockBody, reports: Reports, document: NetworkDocument): Level =>
  levelOf(body, [...body.outputs.flatMap(({ from }) => from?.node ?? []), ...sinks(body)], reports, document);
