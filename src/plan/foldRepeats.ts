import { recognitions, unit } from '../blocks/recognitions.ts';
import type { CheckResult } from '../check/checkedGraph.ts';
import { takenIn } from '../check/drawing.ts';
import { layerIn } from '../check/faces.ts';
import type { BlockDefinition, Config, DocumentNode, EdgeEnd, NetworkDocument } from '../graph/document.ts';
import type { Edit } from '../graph/edits.ts';
import { freshName } from '../graph/freshName.ts';
import { readConfig } from '../layers/config.ts';
import type { Language, Text } from '../text.ts';
import { definitionLayer, ownBlock, repeatedUnit } from './fold/own.ts';
import { freeKeys, type Part, partsOf } from './fold/parts.ts';
import type { Piece } from './fold/pieces.ts';
import { type Match, recognize } from './fold/recognize.ts';
import { PartGraph } from './fold/regions.ts';
import { runsOf } from './fold/runs.ts';

/** Blocks of one kind that were found. */
export interface FoldedBlocks {
  readonly layer: string;
  readonly title: Text;
  /** Number of blocks, with all copies of repeated ones. */
  readonly count: number;
}

export interface FoldPlan {
  /** Empty if nothing repeats. */
  readonly edits: readonly Edit[];
  /** In data order. */
  readonly folded: readonly FoldedBlocks[];
}

/** The blocks found, as a list: 8 × Residual block, 3 × Conv unit. */
export const foldedText = (folded: readonly FoldedBlocks[]): Text => ({
  en: folded.map(({ title, count }) => `${count} × ${title.en}`).join(', '),
  zh: folded.map(({ title, count }) => `${title.zh} × ${count}`).join('、'),
});

/** Max number of kinds of own blocks that are looked for. */
const MOST_KINDS = 32;

/**
 * Finds repeated structure in a drawing, by its layers and edges alone, and groups it into blocks: built-in blocks where a
 * piece equals one, else blocks of the document that expose what differs between their uses. Equal blocks in sequence become
 * one node with `repeat`. The network computes the same; `movesOfStep` gives the new names of its parameters.
 */
export function foldRepeats(doc: NetworkDocument, check: CheckResult, language: Language): FoldPlan {
  const folding = new Folding(doc, check, language);
  for (const recognition of recognitions) folding.builtIn(recognize(folding.graph, recognition));
  folding.own(true);
  folding.builtIn(recognize(folding.graph, unit));
  folding.runs();
  folding.own(false);
  folding.runs();
  return folding.plan();
}

class Folding {
  readonly #doc: NetworkDocument;
  readonly #language: Language;
  readonly #definitions: BlockDefinition[] = [];
  #graph: PartGraph;
  #made = 0;

  constructor(doc: NetworkDocument, check: CheckResult, language: Language) {
    this.#doc = doc;
    this.#language = language;
    this.#graph = new PartGraph(partsOf(doc, check));
  }

  get graph(): PartGraph {
    return this.#graph;
  }

  builtIn(matches: readonly Match[]): void {
    this.#replace(
      matches.map(({ piece, layer, config, frozen, paths }) => ({
        piece,
        part: this.#block(piece, { layer, given: config, frozen, repeat: 1 }, paths),
      })),
    );
  }

  /** Makes blocks of the document of the repeated units; with `joined`, of those with branches only. */
  own(joined: boolean): void {
    for (let kinds = 0; kinds < MOST_KINDS; kinds++) {
      const pieces = repeatedUnit(this.graph, joined);
      if (pieces === null) return;
      const blocks = this.#blocks;
      const { definition, names, configs } = ownBlock(pieces, this.#language, {
        ids: new Set(blocks.map(({ id }) => id)),
        titles: new Set(blocks.map(({ title }) => title)),
      });
      this.#definitions.push(definition);
      const layer = definitionLayer(definition);
      this.#replace(
        pieces.map((piece, i) => ({
          piece,
          part: this.#block(piece, { layer, given: configs[i] ?? {}, frozen: false, repeat: 1 }, names),
        })),
      );
    }
  }

  /** Makes one repeated node of equal blocks in sequence. */
  runs(): void {
    this.#replace(
      runsOf(this.graph).map((piece) => {
        const [{ layer, given, frozen }] = piece.parts as readonly [Part];
        const copies = piece.parts.map((_, i) => `${i + 1}`);
        return { piece, part: this.#block(piece, { layer, given, frozen, repeat: copies.length }, copies) };
      }),
    );
  }

  plan(): FoldPlan {
    const { names, ids } = takenIn(this.#doc);
    const [usedNames, usedIds] = [new Set(names), new Set(ids)];
    const counts = new Map<string, FoldedBlocks>();
    const before = new Set(this.#doc.nodes.map(({ id }) => id));
    const made = this.graph.order.filter(({ id }) => !before.has(id));
    const groups = made.map((part): Edit => {
      const { layer, def, repeat } = part;
      const known = counts.get(layer);
      counts.set(layer, { layer, title: def?.title ?? { en: layer, zh: layer }, count: (known?.count ?? 0) + repeat });
      const name = freshName(`${def?.stem ?? 'block'}1`, usedNames);
      usedNames.add(name);
      const id = freshName(name, usedIds);
      usedIds.add(id);
      return this.#group(part, { id, name });
    });
    const definitions = this.#definitions.map((block): Edit => ({ kind: 'setBlock', block }));
    return { edits: [...definitions, ...groups], folded: [...counts.values()] };
  }

  get #blocks(): readonly BlockDefinition[] {
    return [...this.#doc.blocks, ...this.#definitions];
  }

  #block(
    { parts, entry, exit }: Piece,
    { layer, given, frozen, repeat }: Pick<Part, 'layer' | 'given' | 'frozen' | 'repeat'>,
    paths: readonly string[],
  ): Part {
    const def = layerIn({ ...this.#doc, blocks: this.#blocks }, layer) ?? null;
    const { config } = readConfig(def?.config ?? {}, given);
    const members = parts.flatMap((part, i) =>
      [...part.members].map(([id, path]) => [id, path === '' ? `${paths[i]}` : `${paths[i]}/${path}`] as const),
    );
    const last = parts.find(({ id }) => id === exit.node) as Part;
    const shape = last.outputs[exit.port];
    const [output = ''] = def?.outputs ?? [];
    return {
      id: `/fold${++this.#made}`,
      layer,
      def,
      given,
      config,
      free: freeKeys(def, config),
      repeat,
      frozen,
      fixed: false,
      from: new Map([[def?.inputs[0] ?? '', entry]]),
      members: new Map(members),
      end: last.end ?? exit,
      outputs: shape === undefined ? {} : { [output]: shape },
    };
  }

  #replace(replacements: readonly { readonly piece: Piece; readonly part: Part }[]): void {
    if (replacements.length === 0) return;
    const gone = new Map<string, Part>();
    const exits = new Map<string, EdgeEnd>();
    for (const { piece, part } of replacements) {
      for (const { id } of piece.parts) gone.set(id, part);
      exits.set(piece.exit.node, { node: part.id, port: part.def?.outputs[0] ?? '' });
    }
    const rewired = (part: Part): Part =>
      [...part.from.values()].some(({ node }) => exits.has(node))
        ? { ...part, from: new Map([...part.from].map(([port, end]) => [port, exits.get(end.node) ?? end])) }
        : part;
    // A block takes the place of its last part, after everything it needs.
    const parts = this.#graph.parts.flatMap((part) => {
      const block = gone.get(part.id);
      if (block === undefined) return [rewired(part)];
      return exits.has(part.id) ? [rewired(block)] : [];
    });
    this.#graph = new PartGraph(parts);
  }

  #group({ members, layer, given, repeat, frozen, def, end }: Part, named: Pick<DocumentNode, 'id' | 'name'>): Edit {
    const inside = this.#doc.nodes.filter(({ id }) => members.has(id));
    const to = this.#doc.edges.filter((edge) => members.has(edge.to.node) && !members.has(edge.from.node));
    const middle = (axis: 'x' | 'y'): number =>
      Math.round(inside.reduce((sum, { position }) => sum + position[axis], 0) / inside.length);
    const node: DocumentNode = {
      ...named,
      layer,
      config: given as Config,
      position: { x: middle('x'), y: middle('y') },
      ...(repeat > 1 && { repeat }),
      ...(frozen && { frozen }),
    };
    return {
      kind: 'groupNodes',
      node,
      inputs: [{ name: def?.inputs[0] ?? '', to: to.map((edge) => edge.to) }],
      outputs: [{ name: def?.outputs[0] ?? '', ...(end && { from: end }) }],
      paths: Object.fromEntries(members),
    };
  }
}
