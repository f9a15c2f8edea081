import { layerIn } from '../check/faces.ts';
import { blockIdOf, type DocumentNode, type NetworkDocument } from '../graph/document.ts';
import type { Edit } from '../graph/edits.ts';
import type { WeightInit } from '../layers/initializers.ts';

/**
 * Sets the initializer of these layers, and of all layers inside blocks of the document, and sets their weights aside, as
 * model.apply does in PyTorch. Layers without an initializer stay unchanged.
 */
export const applyInitializer = (
  doc: Pick<NetworkDocument, 'blocks'>,
  nodes: readonly DocumentNode[],
  init: WeightInit,
): readonly Edit[] => editsFor(doc, nodes, init, new Set());

function editsFor(
  doc: Pick<NetworkDocument, 'blocks'>,
  nodes: readonly DocumentNode[],
  init: WeightInit,
  done: Set<string>,
): readonly Edit[] {
  return nodes.flatMap((node): readonly Edit[] => {
    const block = doc.blocks.find(({ id }) => id === blockIdOf(node.layer));
    if (block !== undefined) {
      // A block that is used several times is changed once.
      if (done.has(block.id)) return [];
      done.add(block.id);
      const edits = editsFor(doc, block.nodes, init, done);
      return edits.length === 0 ? [] : [{ kind: 'editBlock', block: block.id, edits }];
    }
    if (layerIn(doc, node.layer)?.config.weightInit === undefined) return [];
    return [
      { kind: 'setConfig', node: node.id, key: 'weightInit', value: init },
      { kind: 'renewWeights', node: node.id },
    ];
  });
}
