import type { CheckResult } from '../check/checkedGraph.ts';
import { layerIn } from '../check/faces.ts';
import { readWiring } from '../check/order.ts';
import type { DocumentNode, NetworkDocument } from '../graph/document.ts';
import type { Edit } from '../graph/edits.ts';
import { type HeadLayer, headsOf } from './head.ts';

const setFrozen = (node: DocumentNode, frozen: boolean): readonly Edit[] =>
  (node.frozen ?? false) === frozen ? [] : [{ kind: 'setFrozen', node: node.id, frozen }];

/** Layers and blocks of the drawing that can be frozen, in data order: those with weights or running statistics. */
export function freezable(doc: NetworkDocument, check: Pick<CheckResult, 'nodes'>): readonly DocumentNode[] {
  const byId = new Map(doc.nodes.map((node) => [node.id, node]));
  return readWiring(doc, () => true).order.flatMap((id) => {
    const node = byId.get(id);
    const layer = node && layerIn(doc, node.layer);
    if (node === undefined || layer === undefined) return [];
    return (check.nodes.get(id)?.params ?? 0) > 0 || layer.buffers !== undefined ? [node] : [];
  });
}

/** Number of frozen layers before the first trained one; null if a later layer is frozen, too. */
export function frozenDepth(nodes: readonly DocumentNode[]): number | null {
  const first = nodes.findIndex(({ frozen }) => frozen !== true);
  if (first < 0) return nodes.length;
  return nodes.slice(first).some(({ frozen }) => frozen === true) ? null : first;
}

/** Freezes the first `count` of these layers and unfreezes the others. */
export const freezeUpTo = (nodes: readonly DocumentNode[], count: number): readonly Edit[] =>
  nodes.flatMap((node, i) => setFrozen(node, i < count));

/** Unfreezes all layers, including those inside blocks of the document. */
export const unfreezeAll = (doc: NetworkDocument): readonly Edit[] => [
  ...doc.nodes.flatMap((node) => setFrozen(node, false)),
  ...doc.blocks.flatMap(({ id, nodes }): readonly Edit[] => {
    const edits = nodes.flatMap((node) => setFrozen(node, false));
    return edits.length === 0 ? [] : [{ kind: 'editBlock', block: id, edits }];
  }),
];

/** Freezes all layers but the head; null if the head was not found. */
export function freezeBody(doc: NetworkDocument): readonly Edit[] | null {
  const heads = headsOf(doc);
  if (heads.length === 0 || heads.some(({ layers }) => layers.length === 0)) return null;
  return freezeAround(
    doc,
    doc.nodes,
    heads.flatMap(({ layers }) => layers),
    0,
  );
}

/** Freezes these nodes but the given layers. Blocks that contain one of them are frozen around it. */
function freezeAround(
  doc: NetworkDocument,
  nodes: readonly DocumentNode[],
  heads: readonly HeadLayer[],
  depth: number,
): readonly Edit[] {
  return nodes.flatMap((node): readonly Edit[] => {
    const layer = layerIn(doc, node.layer);
    if (layer === undefined) return [];
    if (heads.some((head) => head.around.length === depth && head.node.id === node.id)) return setFrozen(node, false);
    const within = heads.filter(({ around }) => around[depth]?.node.id === node.id);
    const block = within[0]?.around[depth]?.block;
    if (block !== undefined) {
      const edits = freezeAround(doc, block.nodes, within, depth + 1);
      return [
        ...setFrozen(node, false),
        ...(edits.length === 0 ? [] : [{ kind: 'editBlock', block: block.id, edits } as const]),
      ];
    }
    const has = layer.params !== undefined || layer.buffers !== undefined || layer.category === 'blocks';
    return has ? setFrozen(node, true) : [];
  });
}
