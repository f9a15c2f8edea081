import type { Position } from '../graph/document.ts';
import type { Pitch } from './card.ts';
import type { Ranks } from './ranks.ts';

/**
 * The used part of ELK's JSON format (https://eclipse.dev/elk/documentation/tooldevelopers/graphdatastructure.html).
 */
export interface ElkGraph {
  id: string;
  layoutOptions?: Record<string, string>;
  children?: ElkCard[];
  edges?: { id: string; sources: string[]; targets: string[]; layoutOptions?: Record<string, string> }[];
}

interface ElkCard {
  id: string;
  x?: number;
  y?: number;
  width?: number;
  height?: number;
  layoutOptions?: Record<string, string>;
  ports?: { id: string; x: number; y: number; width: number; height: number; layoutOptions: Record<string, string> }[];
}

/** An edge, by the indices of its nodes and their ports. */
export interface NumberedEdge {
  readonly from: number;
  readonly output: number;
  readonly to: number;
  readonly input: number;
}

/**
 * Distance of ports for ELK. Ports are drawn evenly along a side, but placed close to the middle for the layout, so
 * that consecutive cards are centered and edges still do not cross unnecessarily.
 */
const HAIR = 0.01;

/**
 * Length of all cards for ELK, which only decides rows and their order; their real lengths are used later (fold.ts).
 */
const LENGTH = 68;

const port = (id: string, index: number, side: 'NORTH' | 'SOUTH', width: number) => ({
  id,
  x: width / 2 + index * HAIR,
  y: side === 'NORTH' ? 0 : LENGTH,
  width: 0,
  height: 0,
  layoutOptions: { 'elk.port.side': side },
});

/**
 * The network for ELK's layered algorithm, with the flow going down. Nodes, of the given widths, and edges are named by
 * index.
 */
export function elkGraph(
  widths: readonly number[],
  edges: readonly NumberedEdge[],
  { main }: Ranks,
  pitch: Pitch,
): ElkGraph {
  const inputs = new Map<number, Set<number>>();
  const outputs = new Map<number, Set<number>>();
  const note = (map: Map<number, Set<number>>, node: number, index: number) =>
    map.set(node, (map.get(node) ?? new Set()).add(index));
  for (const { from, output, to, input } of edges) {
    note(outputs, from, output);
    note(inputs, to, input);
  }
  const straight = new Set([...main].map(([from, to]) => `${from}>${to}`));
  const seen = new Set<string>();
  const children = widths.map((width, node) => ({
    id: String(node),
    width,
    height: LENGTH,
    layoutOptions: { 'elk.portConstraints': 'FIXED_POS' },
    ports: [
      ...[...(inputs.get(node) ?? [])].map((index) => port(`${node}i${index}`, index, 'NORTH', width)),
      ...[...(outputs.get(node) ?? [])].map((index) => port(`${node}o${index}`, index, 'SOUTH', width)),
    ],
  }));
  const elkEdges = edges.map(({ from, output, to, input }, index) => {
    const between = `${from}>${to}`;
    const isMain = straight.has(between) && !seen.has(between);
    seen.add(between);
    return {
      id: `e${index}`,
      sources: [`${from}o${output}`],
      targets: [`${to}i${input}`],
      layoutOptions: { 'elk.layered.priority.straightness': isMain ? '10' : '1' },
    };
  });
  return {
    id: 'network',
    layoutOptions: {
      'elk.algorithm': 'layered',
      'elk.direction': 'DOWN',
      'elk.randomSeed': '1',
      'elk.layered.layering.strategy': 'LONGEST_PATH_SOURCE',
      'elk.layered.nodePlacement.strategy': 'NETWORK_SIMPLEX',
      'elk.layered.considerModelOrder.strategy': 'PREFER_EDGES',
      'elk.layered.spacing.nodeNodeBetweenLayers': String(pitch.gap),
      'elk.spacing.nodeNode': String(pitch.beside),
      'elk.spacing.edgeNode': '18',
      'elk.spacing.edgeEdge': '10',
      // The space between layers is for shapes, not for bends.
      'elk.layered.spacing.edgeNodeBetweenLayers': '10',
      'elk.layered.spacing.edgeEdgeBetweenLayers': '1',
    },
    children,
    edges: elkEdges,
  };
}

/** Positions of the nodes from ELK, by index. */
export function elkPlaces({ children = [] }: ElkGraph): readonly Position[] {
  const places: Position[] = [];
  for (const { id, x = 0, y = 0 } of children) places[Number(id)] = { x: Math.round(x), y: Math.round(y) };
  return places;
}
