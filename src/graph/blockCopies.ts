import { type BlockDefinition, blockIdOf, blockLayer, type NetworkDocument } from './document.ts';
import { freshName } from './freshName.ts';

type Blocks = NetworkDocument['blocks'];

/** The blocks with which those layers are made, and the blocks inside them. */
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

export interface Brought {
  /** What the document lacks, under ids that are free there. */
  readonly added: Blocks;
  /** What the `layer` of a node says there. */
  layerNow(layer: string): string;
}

/** Blocks of elsewhere for a document. One that it has already, whatever its id is there, serves again. */
export function bringBlocks(doc: Pick<NetworkDocument, 'blocks'>, blocks: Blocks): Brought {
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
    // Blocks that contain each other cannot all come first.
    if (open.has(block.id)) {
      idFor(block.id);
      return;
    }
    open.add(block.id);
    for (const inner of blocks) {
      if (inner !== block && block.nodes.some(({ layer }) => blockIdOf(layer) === inner.id)) visit(inner);
    }
    // What is inside may have another id now: only then is it known whether the document has it.
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
