import { layerIn } from '../check/faces.ts';
import { blocksOf, bringBlocks, type Definitions } from '../graph/blockCopies.ts';
import type { SharedBlock } from '../graph/blockFile.ts';
import {
  blockIdOf,
  blockLayer,
  type NetworkDocument,
  type OperatorDefinition,
  operatorIdOf,
  operatorLayer,
} from '../graph/document.ts';
import { applyEdits, type Edit } from '../graph/edits.ts';
import type { Offer } from '../layers/presets.ts';
import { same } from '../text.ts';

type Blocks = NetworkDocument['blocks'];

/** A block of the user's library. */
export type LibraryBlock = SharedBlock & { readonly id: string };
export type Library = readonly LibraryBlock[];

/** Prefix of library ids. Ids of blocks in documents have no slash, so they never match. */
const LIBRARY = 'library/';
const seenId = (entry: string, block: string): string => `${LIBRARY}${entry}/${block}`;
export const isOfLibrary = (block: string): boolean => block.startsWith(LIBRARY);

const seenLayer = (entry: string, layer: string): string => {
  const operator = operatorIdOf(layer);
  if (operator !== null) return operatorLayer(seenId(entry, operator));
  const id = blockIdOf(layer);
  return id === null ? layer : blockLayer(seenId(entry, id));
};

const operatorsIn = new WeakMap<Library, readonly OperatorDefinition[]>();
/** ONNX operators of a library, with library ids. */
function operatorDefinitions(library: Library): readonly OperatorDefinition[] {
  const known = operatorsIn.get(library);
  if (known !== undefined) return known;
  const operators = library.flatMap(({ id, operators: own = [] }) =>
    own.map((operator) => ({ ...operator, id: seenId(id, operator.id) })),
  );
  operatorsIn.set(library, operators);
  return operators;
}

/** Definitions of a library, with library ids. */
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

interface LibraryView {
  readonly own: Blocks;
  readonly library: Library;
}
/** Cached results, by the blocks of a document with library. */
const seenWith = new WeakMap<Blocks, LibraryView>();
const together = new WeakMap<Blocks, WeakMap<Library, Blocks>>();

/**
 * The document together with the definitions of the library, so that suggestions include library blocks. Not for editing:
 * `bringIn` converts edits to the real document.
 */
export function withLibrary<D extends Definitions>(doc: D, library: Library): D {
  if (library.length === 0) return doc;
  const own = doc.blocks;
  const perLibrary = together.get(own) ?? new WeakMap<Library, Blocks>();
  together.set(own, perLibrary);
  const blocks = perLibrary.get(library) ?? [...own, ...definitions(library)];
  perLibrary.set(library, blocks);
  seenWith.set(blocks, { own, library });
  const others = operatorDefinitions(library);
  return { ...doc, blocks, ...(others.length > 0 && { operators: joined(doc.operators, others) }) };
}

const NO_OPERATORS: readonly OperatorDefinition[] = [];
const joinedWith = new WeakMap<
  readonly OperatorDefinition[],
  WeakMap<readonly OperatorDefinition[], readonly OperatorDefinition[]>
>();

/** Both lists; the same list for the same two. */
function joined(
  own: NetworkDocument['operators'] = NO_OPERATORS,
  others: readonly OperatorDefinition[],
): readonly OperatorDefinition[] {
  const known = joinedWith.get(own) ?? new WeakMap<readonly OperatorDefinition[], readonly OperatorDefinition[]>();
  joinedWith.set(own, known);
  const both = known.get(others) ?? [...own, ...others];
  known.set(others, both);
  return both;
}

/** Blocks of the library as palette entries, if this version has all their layers. */
export function libraryOffers({ blocks, operators }: Definitions): readonly Offer[] {
  return (seenWith.get(blocks)?.library ?? []).flatMap((entry): Offer[] => {
    const { id, title, node } = entry;
    const layer = layerIn({ blocks, operators }, seenLayer(id, node.layer));
    if (layer === undefined) return [];
    const inside = entry.blocks.find((block) => blockLayer(block.id) === node.layer)?.nodes.length;
    const doc =
      inside === undefined
        ? layer.doc
        : {
            en: `One of your blocks, with ${inside} ${inside === 1 ? 'layer' : 'layers'}.`,
            zh: `自己保存的块，含 ${inside} 层。`,
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

/** Library id of a palette entry; null for other entries. */
export const libraryIdOf = ({ id, from }: Offer): string | null =>
  from === 'library' ? id.slice(LIBRARY.length) : null;

/** Converts edits of a document with library to edits of the document: first come the definitions taken from the library. */
export function bringIn(seen: NetworkDocument, edits: readonly Edit[]): readonly Edit[] {
  const { own, library } = seenWith.get(seen.blocks) ?? { own: seen.blocks, library: [] };
  const used = edits.flatMap((edit) => ('node' in edit && typeof edit.node === 'object' ? [edit.node.layer] : []));
  const entries = library.filter(({ id }) => used.some((layer) => isLayerOf(id, layer)));
  if (entries.length === 0) return edits;
  const added: Edit[] = [];
  const now = new Map<string, string>();
  const ownOperators = seen.operators?.filter((operator) => !isOfLibrary(operator.id));
  for (const { id, blocks, operators = [] } of entries) {
    const doc = applyEdits({ ...seen, blocks: own, operators: ownOperators }, added);
    const needed = used.filter((layer) => isLayerOf(id, layer));
    const from = blocks.map((block) => blockLayer(block.id)).filter((layer) => needed.includes(seenLayer(id, layer)));
    const brought = bringBlocks(doc, { blocks: blocksOf(blocks, from), operators });
    added.push(...brought.edits);
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
