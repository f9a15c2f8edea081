import type { Position } from '../graph/document.ts';
import type { Pitch } from './card.ts';
import type { Ranks } from './ranks.ts';

/** What of ELK's JSON is used here (https://eclipse.dev/elk/documentation/tooldevelopers/graphdatastructure.html). */
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

/** An edge by the numbers of its nodes and of its ports on them. */
export interface NumberedEdge {
  readonly from: number;
  readonly output: number;
  readonly to: number;
  readonly input: number;
}

/**
 * Ports are drawn evenly along a side. For layout all lie in the middle, a hair apart, so that cards in a row are
 * centred on each other and edges still do not cross more than they must.
 */
const HAIR = 0.01;

/**
 * All cards are equally long for ELK: it decides rows and their order, which become as long as what is in them
 * afterwards (fold.ts).
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
 * The network for ELK's layered algorithm, with the flow going down; nodes, which have those widths, and edges are
 * named by their numbers.
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
      // Room between layers is for shapes, not for bends.
      'elk.layered.spacing.edgeNodeBetweenLayers': '10',
      'elk.layered.spacing.edgeEdgeBetweenLayers': '1',
    },
    children,
    edges: elkEdges,
  };
}

/** Where ELK put each node, by number. */
export function elkPlaces({ children = [] }: ElkGraph): readonly Position[] {
  const places: Position[] = [];
  for (const { id, x = 0, y = 0 } of children) places[Number(id)] = { x: Math.round(x), y: Math.round(y) };
  return places;
}
