import { type BlockDefinition, blockIdOf, blockLayer, type NetworkDocument } from './document.ts';
import { freshName } from './freshName.ts';

type Blocks = NetworkDocument['blocks'];

/** The blocks used by these layers, with the blocks inside them. */
export function blocksOf(blocks: Blocks, layers: readonly string[]): Blocks {
  const needed = new Set<string>();
  const visit = (layer: string): void => {
    const block = blocks.find(({ id }) => id === blockIdOf(layer));
    if (block === undefined || needed.has(block.id)) return;
    needed.add(block.id);
    for (const node of block.nodes) visit(node.layer);
  };
  for (const layer of layers) visit(layer);
  return blocks.filter(({ id }) => needed.has(id));
}

export interface BroughtBlocks {
  /** Blocks to add to the document, with unique ids. */
  readonly added: Blocks;
  /** The value of `layer` in that document. */
  layerNow(layer: string): string;
}

/** Blocks of another source for a document. A block that it already has under any id is reused. */
export function bringBlocks(doc: Pick<NetworkDocument, 'blocks'>, blocks: Blocks): BroughtBlocks {
  const taken = new Set(doc.blocks.map(({ id }) => id));
  const there = new Map<string, string>();
  for (const block of doc.blocks) if (!there.has(contentOf(block))) there.set(contentOf(block), block.id);
  const now = new Map<string, string>();
  const added: BlockDefinition[] = [];
  const layerNow = (layer: string): string => {
    const id = now.get(blockIdOf(layer) ?? '');
    return id === undefined ? layer : blockLayer(id);
  };
  const idFor = (id: string): string => {
    const free = freshName(id, taken);
    taken.add(free);
    now.set(id, free);
    return free;
  };
  const open = new Set<string>();
  const visit = (block: BlockDefinition): void => {
    if (now.has(block.id)) return;
    // Blocks that contain each other have no order.
    if (open.has(block.id)) {
      idFor(block.id);
      return;
    }
    open.add(block.id);
    for (const inner of blocks) {
      if (inner !== block && block.nodes.some(({ layer }) => blockIdOf(layer) === inner.id)) visit(inner);
    }
    // Blocks inside may have new ids, so a block is compared only after those inside it.
    const nodes = block.nodes.map((node) => ({ ...node, layer: layerNow(node.layer) }));
    const moved = { ...block, nodes };
    const known = now.has(block.id) ? undefined : there.get(contentOf(moved));
    if (known !== undefined) now.set(block.id, known);
    else added.push({ ...moved, id: now.get(block.id) ?? idFor(block.id) });
  };
  for (const block of blocks) visit(block);
  return { added, layerNow };
}

const contentOf = ({ id: _, ...content }: BlockDefinition): string => JSON.stringify(content);
