import { type EdgeEnd, operatorIdOf } from '../../graph/document.ts';
import { isInput } from '../../layers/input.ts';
import type { Part } from './parts.ts';
import type { PartGraph, Region } from './regions.ts';

/** A stretch of regions that a block could replace. */
export interface Piece {
  readonly entry: EdgeEnd;
  readonly exit: EdgeEnd;
  /** In data order, the same for all pieces of equal structure. */
  readonly parts: readonly Part[];
  /** Types of the layers that use the result. */
  readonly usedBy: readonly string[];
}

/** True if a value is known to be raw: blocks have only values with a batch axis. */
const isRaw = (graph: PartGraph, { node, port }: EdgeEnd): boolean => {
  const part = graph.byId.get(node);
  return part !== undefined && (operatorIdOf(part.layer) !== null || isInput(part.layer)) && !(port in part.outputs);
};

/** The piece of the regions from `start` to before `end`; null if several values leave it. */
export function pieceOf(graph: PartGraph, sequence: readonly Region[], start: number, end: number): Piece | null {
  const regions = sequence.slice(start, end);
  const [first, last] = [regions[0] as Region, regions.at(-1) as Region];
  const port = graph.exitPort(last.exit);
  if (port === null) return null;
  const exit = { node: last.exit.id, port };
  if (isRaw(graph, first.entry) || isRaw(graph, exit)) return null;
  return {
    entry: first.entry,
    exit,
    parts: regions.flatMap((region) => inDataOrder(region)),
    usedBy: graph.uses(last.exit.id).map(({ node }) => graph.byId.get(node)?.layer ?? ''),
  };
}

/** A node of a network, as far as its structure counts. */
interface GraphNode {
  readonly id: string;
  readonly from: ReadonlyMap<string, EdgeEnd>;
}

/**
 * The nodes that lead from `entry` to `exit`, each after its sources, and a text with the label and sources of each. Equal
 * texts mean equal graphs, node by node.
 */
export function walk<T extends GraphNode>(
  exit: T,
  entry: EdgeEnd,
  nodeOf: (id: string) => T | undefined,
  labelOf: (node: T) => string,
): { readonly nodes: readonly T[]; readonly text: string } {
  const places = new Map<string, number>();
  const nodes: T[] = [];
  const rows: string[] = [];
  const visit = (node: T): void => {
    const sources = [...node.from].sort(([a], [b]) => (a < b ? -1 : 1));
    for (const [, end] of sources) {
      const source = end.node === entry.node || places.has(end.node) ? undefined : nodeOf(end.node);
      if (source !== undefined) visit(source);
    }
    if (places.has(node.id)) return;
    const wires = sources.map(([port, end]) => [
      port,
      end.node === entry.node ? 'x' : (places.get(end.node) ?? null),
      end.node === entry.node ? '' : end.port,
    ]);
    places.set(node.id, nodes.length);
    nodes.push(node);
    rows.push(JSON.stringify([labelOf(node), wires]));
  };
  visit(exit);
  return { nodes, text: rows.join('\n') };
}

const inside = ({ parts }: Region): ((id: string) => Part | undefined) => {
  const byId = new Map([...parts].map((part) => [part.id, part]));
  return (id) => byId.get(id);
};

const orders = new WeakMap<Region, readonly Part[]>();
function inDataOrder(region: Region): readonly Part[] {
  const known = orders.get(region) ?? walk(region.exit, region.entry, inside(region), () => '').nodes;
  orders.set(region, known);
  return known;
}

/** The structure of a region: equal texts mean that one block can replace both regions, with other settings. */
export const regionText = (region: Region, labelOf: (part: Part) => string): string =>
  `${region.entry.port} ${walk(region.exit, region.entry, inside(region), labelOf).text}`;
