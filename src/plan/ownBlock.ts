import type { CheckResult } from '../check/checkedGraph.ts';
import { layerIn } from '../check/faces.ts';
import { sameValue } from '../check/sameValue.ts';
import { type BlockDefinition, blockLayer, type NetworkDocument } from '../graph/document.ts';
import type { Edit } from '../graph/edits.ts';
import { freshName } from '../graph/freshName.ts';
import { isPort } from '../graph/insideDrawing.ts';
import type { Language, Text } from '../text.ts';
import type { Level } from './level.ts';

export interface OwnPlan {
  readonly edits: readonly Edit[];
  readonly refused: null;
}
export interface OwnRefused {
  readonly edits: null;
  readonly refused: Text;
}

/**
 * Edits of the document that convert the built-in blocks around the innermost level to editable blocks of the document
 * with the same inside. Names, edges and repeats stay; the settings of a block become fixed values inside.
 */
export function planOwn(
  root: NetworkDocument,
  check: CheckResult,
  levels: readonly Level[],
  language: Language,
): OwnPlan | OwnRefused {
  const ids = new Set(root.blocks.map(({ id }) => id));
  const titles = new Set(root.blocks.map(({ title }) => title));
  const edits: Edit[] = [];
  let around: string | null = null;
  for (const [i, { node, document, body, title, block }] of levels.entries()) {
    if (block !== null) {
      around = block;
      continue;
    }
    const copies = (levels[i - 1]?.check ?? check).nodes.get(node.id)?.inside ?? [];
    if (copies.some((copy) => !sameValue(copy.body, copies[0]?.body)))
      return { edits: null, refused: unlike(node.name) };
    const id = freshName('block1', ids);
    ids.add(id);
    const name = freshName(title[language], titles);
    titles.add(name);
    const { inputs, outputs, edges } = body;
    const nodes = document.nodes.filter((inner) => !isPort(inner.id));
    const definition: BlockDefinition = { id, title: name, nodes, edges, inputs, outputs, exposed: [] };
    const layer = layerIn(root, node.layer);
    const kept = (ports: readonly string[] = []) => Object.fromEntries(ports.map((port) => [port, port]));
    const replace: Edit = {
      kind: 'replaceNode',
      node: { ...node, layer: blockLayer(id), config: {} },
      ports: { inputs: kept(layer?.inputs), outputs: kept(layer?.outputs) },
    };
    edits.push(
      { kind: 'setBlock', block: definition },
      around === null ? replace : { kind: 'editBlock', block: around, edits: [replace] },
    );
    around = id;
  }
  return { edits, refused: null };
}

const unlike = (name: string): Text => ({
  en: `The copies of “${name}” differ inside, so they cannot become one editable block. Ungroup it, or set Repeat to 1.`,
  zh: `“${name}”的各个副本内部不同，无法转换为同一个可编辑的块。请取消组合，或将重复次数设为 1。`,
});
