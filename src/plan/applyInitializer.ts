import { layerIn } from '../check/faces.ts';
import { blockIdOf, type DocumentNode, type NetworkDocument } from '../graph/document.ts';
import type { Edit } from '../graph/edits.ts';
import type { WeightInit } from '../layers/initializers.ts';

/**
 * Sets the initializer of these layers, and of all layers inside blocks of the document, and sets their weights aside, as
 * model.apply does in PyTorch. Layers without an initializer stay unchanged.
 */
export const applyInitializer = (doc: Doc, nodes: readonly DocumentNode[], init: WeightInit): readonly Edit[] => {
  const apply: EditsOf = ({ id: node }) => [
    { kind: 'setConfig', node, key: 'weightInit', value: init },
    { kind: 'renewWeights', node },
  ];
  return editsFor(doc, nodes, apply, new Set());
};

/** Sets the initializer of these layers, and of all layers inside blocks of the document, for their next random weights. */
export const changeInitializer = (doc: Doc, nodes: readonly DocumentNode[], init: WeightInit): readonly Edit[] => {
  const change: EditsOf = ({ id: node, config }, present) =>
    (config.weightInit ?? present) === init ? [] : [{ kind: 'setConfig', node, key: 'weightInit', value: init }];
  return editsFor(doc, nodes, change, new Set());
};

type Doc = Pick<NetworkDocument, 'blocks'>;
/** Edits of a layer that has an initializer. */
type EditsOf = (node: DocumentNode, initByDefault: unknown) => readonly Edit[];

function editsFor(doc: Doc, nodes: readonly DocumentNode[], editsOf: EditsOf, done: Set<string>): readonly Edit[] {
  return nodes.flatMap((node): readonly Edit[] => {
    const block = doc.blocks.find(({ id }) => id === blockIdOf(node.layer));
    if (block !== undefined) {
      // A block that is used several times is changed once.
      if (done.has(block.id)) return [];
      done.add(block.id);
      const edits = editsFor(doc, block.nodes, editsOf, done);
      return edits.length === 0 ? [] : [{ kind: 'editBlock', block: block.id, edits }];
    }
    const field = layerIn(doc, node.layer)?.config.weightInit;
    return field === undefined ? [] : editsOf(node, field.default);
  });
}
