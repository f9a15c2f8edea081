import type { Recognition } from '../../blocks/recognitions.ts';
import { checkAfter } from '../../check/check.ts';
import { layerIn } from '../../check/faces.ts';
import { type Config, type DocumentNode, type EdgeEnd, emptyDocument } from '../../graph/document.ts';
import { makeEdge } from '../../graph/edges.ts';
import { defaultConfig, readConfig } from '../../layers/config.ts';
import { input } from '../../layers/input.ts';
import type { LayerDef, Shape } from '../../layers/layer.ts';
import { contentOf, type Part } from './parts.ts';
import { type Piece, pieceOf, walk } from './pieces.ts';
import type { PartGraph } from './regions.ts';

/** A piece of the drawing that equals a built-in block. */
export interface Match {
  readonly piece: Piece;
  readonly layer: string;
  /** Settings that are not the defaults. */
  readonly config: Config;
  readonly frozen: boolean;
  /** Path in the block of each part of the piece. */
  readonly paths: readonly string[];
}

/** All pieces that equal this block, without overlaps; none if there are fewer than the block is worth. */
export function recognize(graph: PartGraph, recognition: Recognition): readonly Match[] {
  const matches: Match[] = [];
  const taken = new Set<Part>();
  for (const sequence of graph.sequences) {
    for (let start = 0; start < sequence.length; start++) {
      const match = longestAt(start);
      if (match === null || match.piece.parts.some((part) => taken.has(part))) continue;
      matches.push(match);
      for (const part of match.piece.parts) taken.add(part);
    }

    function longestAt(start: number): Match | null {
      for (const { first, last, between, most } of recognition.forms) {
        if (sequence[start]?.exit.layer !== first) continue;
        const ends: number[] = [];
        for (let end = start; end < Math.min(sequence.length, start + most); end++) {
          const layer = sequence[end]?.exit.layer ?? '';
          if (!between.includes(layer)) break;
          if (layer === last) ends.push(end + 1);
        }
        for (const end of ends.reverse()) {
          const piece = pieceOf(graph, sequence, start, end);
          const match = piece && matchOf(graph, piece, recognition);
          if (match) return match;
        }
      }
      return null;
    }
  }
  return matches.length < recognition.least ? [] : matches;
}

function matchOf(graph: PartGraph, piece: Piece, { block, propose }: Recognition): Match | null {
  const { parts, entry, exit, usedBy } = piece;
  const x = graph.byId.get(entry.node)?.outputs[entry.port];
  const [{ frozen = false } = {}] = parts;
  const layer = layerIn(emptyDocument, block);
  if (x === undefined || layer === undefined || parts.some((part) => part.frozen !== frozen)) return null;
  const byId = new Map(parts.map((part) => [part.id, part]));
  const { text } = walk(byId.get(exit.node) as Part, entry, (id) => byId.get(id), contentOf);
  for (const proposed of propose({ parts, x, usedBy })) {
    const { config, problems } = readConfig(layer.config, proposed);
    if (problems.length > 0) continue;
    const drawn = drawnAs(layer, config, x);
    if (drawn?.text === text)
      return { piece, layer: block, config: unusual(layer, config), frozen, paths: drawn.paths };
  }
  return null;
}

/** The settings that differ from the defaults. */
function unusual({ config: schema }: LayerDef, config: Config): Config {
  const usual: Config = defaultConfig(schema);
  return Object.fromEntries(
    Object.entries(config).filter(([key, value]) => JSON.stringify(value) !== JSON.stringify(usual[key])),
  );
}

interface Drawing {
  readonly text: string;
  readonly paths: readonly string[];
}

const MOST_DRAWN = 500;
const drawings = new Map<string, Drawing | null>();

/** The layers of a built-in block, for inputs of this shape; null if it cannot be built. */
function drawnAs(layer: LayerDef, config: Config, x: Shape): Drawing | null {
  const key = JSON.stringify([layer.type, config, x]);
  const known = drawings.get(key);
  if (known !== undefined) return known;
  const drawn = draw(layer, config, x);
  if (drawings.size >= MOST_DRAWN) drawings.clear();
  drawings.set(key, drawn);
  return drawn;
}

function draw({ type, inputs, outputs }: LayerDef, config: Config, x: Shape): Drawing | null {
  const node = (id: string, layer: string, own: Config): DocumentNode => ({
    id,
    layer,
    name: id,
    config: own,
    position: { x: 0, y: 0 },
  });
  const entry: EdgeEnd = { node: 'x', port: 'y' };
  const nodes = [node('x', input.type, { shape: x }), node('block', type, config)];
  const edges = [makeEdge(entry, { node: 'block', port: inputs[0] ?? '' })];
  const leaves = checkAfter({ ...emptyDocument, nodes, edges }, null).leaves.get('block');
  const end = leaves?.ends?.[outputs[0] ?? ''];
  if (leaves === undefined || end === undefined) return null;
  const layers = leaves.nodes.map((leaf) => ({
    id: leaf.node.id,
    path: leaf.node.name.slice('block/'.length),
    layer: leaf.layer.type,
    config: leaf.config,
    from: new Map(Object.entries(leaf.from)),
  }));
  const byId = new Map(layers.map((leaf) => [leaf.id, leaf]));
  const exit = byId.get(end.node);
  if (exit === undefined) return null;
  const walked = walk(exit, entry, (id) => byId.get(id), contentOf);
  return { text: walked.text, paths: walked.nodes.map(({ path }) => path) };
}
