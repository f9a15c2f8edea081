import {
  type BlockDefinition,
  blockIdOf,
  blockLayer,
  type DocumentNode,
  type NetworkDocument,
  type OperatorDefinition,
  operatorIdOf,
  operatorLayer,
} from './document.ts';
import type { Edit } from './edits.ts';
import { freshName } from './freshName.ts';

type Blocks = NetworkDocument['blocks'];

/** Definitions that nodes use. */
export type Definitions = Pick<NetworkDocument, 'blocks' | 'operators'>;

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

/** The ONNX operators used by these nodes and by nodes in these blocks. */
export function operatorsOf(
  operators: NetworkDocument['operators'],
  nodes: readonly Pick<DocumentNode, 'layer'>[],
  blocks: Blocks,
): readonly OperatorDefinition[] {
  if (operators === undefined || operators.length === 0) return [];
  const used = new Set(
    [nodes, ...blocks.map((block) => block.nodes)].flatMap((list) => list.map(({ layer }) => layer)),
  );
  return operators.filter(({ id }) => used.has(operatorLayer(id)));
}

/** The field `operators` of a document, absent if there are none. */
export const operatorsField = (
  operators: readonly OperatorDefinition[],
): Partial<Pick<NetworkDocument, 'operators'>> => (operators.length === 0 ? {} : { operators });

export interface BroughtBlocks {
  /** Edits that add blocks and operators to the document, with unique ids. */
  readonly edits: readonly Edit[];
  /** The value of `layer` in that document. */
  layerNow(layer: string): string;
}

/** Definitions of another source for a document. Those that it already has under any id are reused. */
export function bringBlocks(doc: Definitions, { blocks, operators = [] }: Definitions): BroughtBlocks {
  const brought = bringOperators(doc.operators ?? [], operators);
  const taken = new Set(doc.blocks.map(({ id }) => id));
  const there = new Map<string, string>();
  for (const block of doc.blocks) if (!there.has(contentOf(block))) there.set(contentOf(block), block.id);
  const now = new Map<string, string>();
  const added: BlockDefinition[] = [];
  const layerNow = (layer: string): string => {
    const operator = brought.now.get(operatorIdOf(layer) ?? '');
    if (operator !== undefined) return operatorLayer(operator);
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
  const edits = [
    ...brought.added.map((operator): Edit => ({ kind: 'addOperator', operator })),
    ...added.map((block): Edit => ({ kind: 'setBlock', block })),
  ];
  return { edits, layerNow };
}

/** Operators to add, with unique ids, and the ids by which all of them are now known. */
function bringOperators(
  own: readonly OperatorDefinition[],
  others: readonly OperatorDefinition[],
): { readonly added: readonly OperatorDefinition[]; readonly now: ReadonlyMap<string, string> } {
  const taken = new Set(own.map(({ id }) => id));
  const there = new Map(own.map((operator) => [contentOf(operator), operator.id]));
  const now = new Map<string, string>();
  const added: OperatorDefinition[] = [];
  for (const operator of others) {
    const known = there.get(contentOf(operator));
    const id = known ?? freshName(operator.id, taken);
    now.set(operator.id, id);
    if (known !== undefined) continue;
    taken.add(id);
    added.push({ ...operator, id });
  }
  return { added, now };
}

const contentOf = ({ id: _, ...content }: BlockDefinition | OperatorDefinition): string => JSON.stringify(content);
