import { layerIn } from '../check/faces.ts';
import { blocksOf, bringBlocks } from '../graph/blockCopies.ts';
import type { SharedBlock } from '../graph/blockFile.ts';
import { blockIdOf, blockLayer, type NetworkDocument } from '../graph/document.ts';
import { applyEdits, type Edit } from '../graph/edits.ts';
import type { Offer } from '../layers/presets.ts';
import { same } from '../text.ts';

type Blocks = NetworkDocument['blocks'];

/** A block of the user's own library. */
export type LibraryBlock = SharedBlock & { readonly id: string };
export type Library = readonly LibraryBlock[];

/** No block of a document has an id like those of the library's, seen from a document: ids of blocks have no slash. */
const LIBRARY = 'library/';
const seenId = (entry: string, block: string): string => `${LIBRARY}${entry}/${block}`;
export const isOfLibrary = (block: string): boolean => block.startsWith(LIBRARY);

const seenLayer = (entry: string, layer: string): string => {
  const id = blockIdOf(layer);
  return id === null ? layer : blockLayer(seenId(entry, id));
};

/** Definitions of a library, under the ids by which documents see them. */
const definitionsOf = new WeakMap<Library, Blocks>();
function definitions(library: Library): Blocks {
  const known = definitionsOf.get(library);
  if (known !== undefined) return known;
  const blocks = library.flatMap((entry) =>
    entry.blocks.map((block) => ({
      ...block,
      id: seenId(entry.id, block.id),
      nodes: block.nodes.map((node) => ({ ...node, layer: seenLayer(entry.id, node.layer) })),
    })),
  );
  definitionsOf.set(library, blocks);
  return blocks;
}

interface Seen {
  readonly own: Blocks;
  readonly library: Library;
}
/** By the blocks of a document that is seen with a library. */
const seenWith = new WeakMap<Blocks, Seen>();
const together = new WeakMap<Blocks, WeakMap<Library, Blocks>>();

/**
 * The document as one can add to it with a library at hand: it has the library's definitions, too, so that all that asks
 * what would fit can ask it of them. It is not the document to edit: `bringIn` makes edits for that.
 */
export function withLibrary<D extends Pick<NetworkDocument, 'blocks'>>(doc: D, library: Library): D {
  if (library.length === 0) return doc;
  const own = doc.blocks;
  const perLibrary = together.get(own) ?? new WeakMap<Library, Blocks>();
  together.set(own, perLibrary);
  const blocks = perLibrary.get(library) ?? [...own, ...definitions(library)];
  perLibrary.set(library, blocks);
  seenWith.set(blocks, { own, library });
  return { ...doc, blocks };
}

/** The library's blocks as offers, those whose layers this version has. */
export function libraryOffers(blocks: Blocks): readonly Offer[] {
  return (seenWith.get(blocks)?.library ?? []).flatMap((entry): Offer[] => {
    const { id, title, node } = entry;
    const layer = layerIn({ blocks }, seenLayer(id, node.layer));
    if (layer === undefined) return [];
    const inside = entry.blocks.find((block) => blockLayer(block.id) === node.layer)?.nodes.length;
    const doc =
      inside === undefined
        ? layer.doc
        : {
            en: `A block of yours, of ${inside} ${inside === 1 ? 'node' : 'nodes'}.`,
            zh: `你保存的块，含 ${inside} 个节点。`,
          };
    return [
      {
        id: `${LIBRARY}${id}`,
        layer,
        title: same(title),
        doc,
        keywords: [],
        config: () => node.config,
        from: 'library',
        repeat: node.repeat,
      },
    ];
  });
}

/** The entry of the library that an offer stands for. */
export const libraryIdOf = ({ id, from }: Offer): string | null =>
  from === 'library' ? id.slice(LIBRARY.length) : null;

/** Edits of what was seen with a library, as edits of the document itself: what they take from the library comes first. */
export function bringIn(seen: NetworkDocument, edits: readonly Edit[]): readonly Edit[] {
  const { own, library } = seenWith.get(seen.blocks) ?? { own: seen.blocks, library: [] };
  const used = edits.flatMap((edit) => ('node' in edit && typeof edit.node === 'object' ? [edit.node.layer] : []));
  const entries = library.filter(({ id }) => used.some((layer) => isLayerOf(id, layer)));
  if (entries.length === 0) return edits;
  const added: Edit[] = [];
  const now = new Map<string, string>();
  for (const { id, blocks } of entries) {
    const doc = applyEdits({ ...seen, blocks: own }, added);
    const needed = used.filter((layer) => isLayerOf(id, layer));
    const from = blocks.map((block) => blockLayer(block.id)).filter((layer) => needed.includes(seenLayer(id, layer)));
    const brought = bringBlocks(doc, blocksOf(blocks, from));
    added.push(...brought.added.map((block): Edit => ({ kind: 'setBlock', block })));
    for (const layer of from) now.set(seenLayer(id, layer), brought.layerNow(layer));
  }
  const moved = edits.map((edit): Edit => {
    const isNode = edit.kind === 'addNode' || edit.kind === 'insertNode' || edit.kind === 'replaceNode';
    const layer = isNode ? now.get(edit.node.layer) : undefined;
    return isNode && layer !== undefined ? { ...edit, node: { ...edit.node, layer } } : edit;
  });
  return [...added, ...moved];
}

const isLayerOf = (entry: string, layer: string): boolean => layer.startsWith(blockLayer(seenId(entry, '')));
